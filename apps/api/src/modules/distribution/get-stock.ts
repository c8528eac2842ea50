import { formatSerie } from '@pass/domain/references.ts'
import { DORMANT_JOURS } from '@pass/domain/stock.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { reachSql } from '../../platform/reach.ts'

type Totals = { reserve: number; enTransit: number; premier: bigint | null }
type Holder = {
  id: string
  nom: string
  enTransit: number
  sortants: number
  enStock: number
  remis: number
  bloques: number
  dormants: number
}

/** Where the carnets are, counted on their own rows: each figure is the list `GET /carnets` with the same filter. */
export const getStock = async (ctx: Ctx) => {
  const mine = reachSql(ctx, 'carnet', 'c')
  // what is on its way from a prescripteur is still at it; a prescripteur sees what comes to it as its own
  const holder =
    ctx.actor.organisationType === 'prescripteur' ? sql`${ctx.actor.organisationId}::uuid` : sql`coalesce(prescripteur_id, destination_id)`
  const [totals] = await ctx.db.$queryRaw<Totals[]>`
    select count(*) filter (where statut = 'livre' and destination_id is null)::int as reserve,
           count(*) filter (where destination_id is not null and statut <> 'bloque')::int as "enTransit",
           min(serie) filter (where statut = 'livre' and destination_id is null) as premier
      from carnet c where ${mine}`
  const prescripteurs = await ctx.db.$queryRaw<Holder[]>`
    select o.id, o.nom, s."enTransit", s.sortants, s."enStock", s.remis, s.bloques, s.dormants
      from (select ${holder} as id,
                   count(*) filter (where destination_id is not null and statut <> 'bloque')::int as "enTransit",
                   count(*) filter (where destination_id is distinct from ${holder} and destination_id is not null and statut <> 'bloque')::int as sortants,
                   count(*) filter (where statut = 'attribue' and destination_id is null)::int as "enStock",
                   count(*) filter (where remis_at is not null)::int as remis,
                   count(*) filter (where statut = 'bloque')::int as bloques,
                   count(*) filter (where statut = 'attribue' and attribue_at < ${ctx.now}::timestamptz - make_interval(days => ${DORMANT_JOURS}))::int as dormants
              from carnet c where ${mine} and ${holder} is not null group by 1) s
      join organisation o on o.id = s.id order by o.nom, o.id`
  const { reserve, enTransit, premier } = totals!
  // only the collectivité sends carnets out of its reserve
  const isSender = ctx.actor.organisationType === 'collectivite'
  return { reserve, enTransit, premierDisponible: isSender && premier !== null ? formatSerie(Number(premier)) : null, prescripteurs }
}
