import type { Annulation } from '@pass/contracts/oppositions.ts'
import type { AnnulationStatut } from '@pass/domain/oppositions.ts'
import { type Plage, writePlages } from '@pass/domain/plages.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import { namesOf } from './names.ts'
import { inPlages, plagesOf } from './plages.ts'

type Row = {
  id: string
  statut: AnnulationStatut
  series_de: bigint[]
  series_a: bigint[]
  carnets: number
  motif: string
  inventaire_id: string | null
  montant_centimes: bigint | null
  demande_par: string
  demande_at: Date
  decide_par: string | null
  decide_at: Date | null
}

/** Face value of the pass that these carnets still hold in circulation, by convention: what their cancellation takes out of it. */
export const worthOf = (ctx: Ctx, plages: readonly Plage[]) =>
  ctx.db.$queryRaw<{ convention_id: string; operateur_id: string; centimes: bigint }[]>`
    select c.convention_id, c.operateur_id, sum((c.taille - c.utilises - c.annules)::bigint * l.valeur_faciale_centimes)::bigint as centimes
      from carnet c join lot l on l.collectivite_id = c.collectivite_id and l.id = c.lot_id
     where ${inPlages(ctx, plages)} and c.activation_id is not null and c.statut not in ('annule', 'expire')
     group by c.convention_id, c.operateur_id order by c.convention_id`

const worth = async (ctx: Ctx, { series_de, series_a, statut, montant_centimes }: Row): Promise<number> => {
  if (statut !== 'demandee') return Number(montant_centimes ?? 0)
  const rows = await worthOf(ctx, plagesOf(series_de, series_a))
  return rows.reduce((sum, { centimes }) => sum + Number(centimes), 0)
}

const toAnnulations = async (ctx: Ctx, rows: readonly Row[]): Promise<Annulation[]> => {
  const nameOf = await namesOf(
    ctx,
    rows.flatMap(({ demande_par, decide_par }) => [demande_par, decide_par]),
  )
  const named = (id: string) => ({ id, nom: nameOf(id) })
  const items: Annulation[] = []
  for (const row of rows)
    items.push({
      id: row.id,
      statut: row.statut,
      plages: writePlages(plagesOf(row.series_de, row.series_a)),
      carnets: row.carnets,
      motif: row.motif,
      inventaireId: row.inventaire_id,
      montantCentimes: await worth(ctx, row),
      demandePar: named(row.demande_par),
      demandeAt: row.demande_at.toISOString(),
      decidePar: row.decide_par === null ? null : named(row.decide_par),
      decideAt: row.decide_at && row.decide_at.toISOString(),
    })
  return items
}

const rowsOf = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select n.id, n.statut, n.series_de, n.series_a, n.carnets, n.motif, k.inventaire_id, n.montant_centimes, n.demande_par, n.demande_at, n.decide_par, n.decide_at
    from annulation n left join comptage k on k.collectivite_id = n.collectivite_id and k.id = n.comptage_id
   where ${reachSql(ctx, 'annulation', 'n')} ${rest}`

export const getAnnulation = async (ctx: Ctx, { annulationId }: { annulationId: string }): Promise<Annulation> => {
  const rows = await rowsOf(ctx, sql`and n.id = ${annulationId}::uuid`)
  const [item] = await toAnnulations(ctx, rows)
  return found(item)
}

type Filters = { apres?: string | undefined; taille?: number | undefined; statut?: AnnulationStatut | undefined }

/** Requests, the last one first (ids follow time). */
export const listAnnulations = async (ctx: Ctx, { apres, taille = TAILLE, statut }: Filters) => {
  const after = cursorOf(apres, z.tuple([z.uuid()]))
  const ofStatut = statut ? sql`and n.statut = ${statut}` : empty
  const rows = await rowsOf(
    ctx,
    sql`${ofStatut} ${after ? sql`and n.id < ${after[0]}::uuid` : empty} order by n.id desc limit ${taille + 1}`,
  )
  const [counted] = await ctx.db.$queryRaw<
    { n: bigint }[]
  >`select count(*) as n from annulation n where ${reachSql(ctx, 'annulation', 'n')} ${ofStatut}`
  const page = pageOf(rows, taille, ({ id }) => [id], Number(counted!.n))
  return { ...page, items: await toAnnulations(ctx, page.items) }
}
