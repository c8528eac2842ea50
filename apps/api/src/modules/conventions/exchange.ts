import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { won } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { getConvention } from './queries.ts'

/** Says whether the prescripteurs of a convention may send carnets to each other without asking. */
export const allowTransfers = async (ctx: Ctx, { conventionId, autorises }: { conventionId: string; autorises: boolean }) => {
  const { nom } = await getConvention(ctx, { conventionId })
  const { count } = await ctx.db.convention.updateMany({
    where: { id: conventionId, collectiviteId: ctx.actor.organisationId },
    data: { transfertsEntrePoints: autorises },
  })
  won(count)
  return { conventionId, nom, autorises }
}

/** The rule of each convention that still moves carnets. */
export const listTransferRules = async (ctx: Ctx) => ({
  items: await ctx.db.$queryRaw<{ conventionId: string; nom: string; autorises: boolean }[]>`
    select v.id as "conventionId", v.nom, v.transferts_entre_points as autorises from convention v
     where ${reachSql(ctx, 'convention', 'v')} and v.statut in ('signee', 'active', 'en_bilan') order by v.nom, v.id`,
})

type Exchange = { prescripteurId: string; collectiviteId: string; conventionIds?: readonly string[] }

/**
 * True when the caller and another prescripteur hold carnets of the same convention; with `conventionIds`, when each of these lets
 * them exchange.
 */
export const mayExchange = async (ctx: Ctx, { prescripteurId, collectiviteId, conventionIds }: Exchange): Promise<boolean> => {
  const [row] = await ctx.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from convention v
     where ${reachSql(ctx, 'convention', 'v')} and v.collectivite_id = ${collectiviteId}::uuid and ${prescripteurId}::uuid = any (v.prescripteur_ids)
       ${conventionIds ? sql`and v.transferts_entre_points and v.id = any (${[...conventionIds]}::uuid[])` : empty}`
  return conventionIds ? row!.n === conventionIds.length : row!.n > 0
}

/** The other prescripteurs that the caller may send carnets to. */
export const exchangers = (ctx: Ctx) => ctx.db.$queryRaw<{ id: string; nom: string }[]>`
  select distinct o.id, o.nom from convention v cross join lateral unnest(v.prescripteur_ids) p(id) join organisation o on o.id = p.id
   where ${reachSql(ctx, 'convention', 'v')} and v.transferts_entre_points and o.id <> ${ctx.actor.organisationId}::uuid order by o.nom, o.id`
