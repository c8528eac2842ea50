import { COUVERTURE_NIVEAUX, type CouvertureNiveau, joursDeCouverture, niveauDeStock, RYTHME_JOURS } from '@pass/domain/couverture.ts'
import { DORMANT_JOURS } from '@pass/domain/stock.ts'
import type { Ctx } from '../../platform/context.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = { id: string; nom: string; enStock: number; enTransit: number; remis: number; dormants: number; derniereRemise: Date | null }

const rowsOf = (ctx: Ctx) => ctx.db.$queryRaw<Row[]>`
  select o.id, o.nom, s."enStock", s."enTransit", s.remis, s.dormants, s.derniere as "derniereRemise"
    from (select coalesce(c.prescripteur_id, c.destination_id) as id,
                 (count(*) filter (where c.statut = 'attribue' and c.destination_id is null))::int as "enStock",
                 (count(*) filter (where c.destination_id is not null and c.prescripteur_id is null and c.statut <> 'bloque'))::int as "enTransit",
                 (count(*) filter (where c.remis_at >= ${ctx.now}::timestamptz - make_interval(days => ${RYTHME_JOURS})))::int as remis,
                 (count(*) filter (where c.statut = 'attribue' and c.attribue_at < ${ctx.now}::timestamptz - make_interval(days => ${DORMANT_JOURS})))::int as dormants,
                 max(c.remis_at) as derniere
            from carnet c where ${reachSql(ctx, 'carnet', 'c')} and coalesce(c.prescripteur_id, c.destination_id) is not null group by 1) s
    join organisation o on o.id = s.id and o.type = 'prescripteur' order by o.nom, o.id`

/** After every counter whose end is known. */
const LONGTEMPS = Number.MAX_SAFE_INTEGER
const URGENCE: readonly CouvertureNiveau[] = COUVERTURE_NIVEAUX

/** How long each counter's stock lasts at its pace of the last 30 days; the most urgent first. */
export const getCouverture = async (ctx: Ctx, { niveau }: { niveau?: CouvertureNiveau | undefined }) => {
  const rows = await rowsOf(ctx)
  const all = rows
    .map((row) => ({
      ...row,
      niveau: niveauDeStock(row),
      jours: joursDeCouverture(row),
      derniereRemise: row.derniereRemise && row.derniereRemise.toISOString(),
    }))
    .toSorted((x, y) => URGENCE.indexOf(x.niveau) - URGENCE.indexOf(y.niveau) || (x.jours ?? LONGTEMPS) - (y.jours ?? LONGTEMPS))
  const niveaux = Object.fromEntries(COUVERTURE_NIVEAUX.map((one) => [one, all.filter((row) => row.niveau === one).length])) as Record<
    CouvertureNiveau,
    number
  >
  return { items: niveau ? all.filter((row) => row.niveau === niveau) : all, niveaux }
}
