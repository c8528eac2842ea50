import type { ACrediter } from '@pass/domain/avoirs.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { reachSql } from '../../platform/reach.ts'

/**
 * An incident `i` whose money waits in `a_crediter`: its bordereau was sent to the bank, which is when the money left `du`, and no avoir
 * gives it back yet.
 */
export const A_CREDITER = sql`(i.statut = 'repris' and i.avoir_id is null
  and exists (select 1 from transfer t where t.collectivite_id = i.collectivite_id and t.objet_id = i.id and t.motif = 'incident'))`

/** What incidents withheld on a convention and that waits for an avoir. */
export const aCrediterOf = async (ctx: Ctx, conventionId: string): Promise<ACrediter> => {
  const [row] = await ctx.db.$queryRaw<[{ retenues: number; montant: bigint }]>`
    select count(*)::int retenues, coalesce(sum(i.montant_centimes), 0)::bigint montant
      from incident i where ${reachSql(ctx, 'incident', 'i')} and i.convention_id = ${conventionId}::uuid and ${A_CREDITER}`
  return { retenues: row.retenues, montantCentimes: Number(row.montant) }
}

/** Conventions where something withheld waits for an avoir. */
export const conventionsACrediter = async (ctx: Ctx): Promise<string[]> => {
  const rows = await ctx.db.$queryRaw<
    { id: string }[]
  >`select distinct i.convention_id id from incident i where ${reachSql(ctx, 'incident', 'i')} and ${A_CREDITER}`
  return rows.map(({ id }) => id)
}
