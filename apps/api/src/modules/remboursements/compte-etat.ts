import type { CompteEtat } from '@pass/domain/du.ts'
import type { Ctx } from '../../platform/context.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = { accepte: boolean | null; propose_at: Date | null; rejete: boolean | null; suspendue: boolean; regie: boolean }

export type Structure = { compte: CompteEtat; suspendue: boolean; proposeAt: Date | null; regie: boolean }

/**
 * The account and the label of the actor's structure. A request refused by the operator leaves no account; one accepted, then
 * refused, is one that the bank sent back.
 */
export const structureOf = async (ctx: Ctx): Promise<Structure> => {
  const [row] = await ctx.db.$queryRaw<[Row]>`
    select bool_or(c.statut = 'accepte') accepte, max(c.created_at) filter (where c.statut = 'propose') propose_at, bool_or(c.statut = 'refuse' and c.accepte_at is not null) rejete,
           coalesce((select f.statut = 'suspendu' from labellisation f where f.organisation_id = ${ctx.actor.organisationId}::uuid), false) suspendue,
           exists (select 1 from labellisation f where f.organisation_id = ${ctx.actor.organisationId}::uuid and f.date_fin_regie is not null) regie
      from compte_bancaire c where ${reachSql(ctx, 'compte_bancaire', 'c')}`
  const compte = row.accepte ? 'accepte' : row.propose_at ? 'en_verification' : row.rejete ? 'rejete' : 'aucun'
  return { compte, suspendue: row.suspendue, proposeAt: row.propose_at, regie: row.regie }
}
