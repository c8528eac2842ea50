import { conventionMachine, whyNotSign, whyNotSignFor } from '@pass/domain/conventions.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getConvention, lockConvention } from './queries.ts'

/** Records the signature of one financeur; the last one missing signs the convention. */
export const signConvention = async (
  ctx: Ctx,
  { conventionId, rang, signataire }: { conventionId: string; rang: number; signataire: string },
) => {
  // two financeurs may sign at the same second: under the lock, the second one knows that it is the last
  const convention = await lockConvention(ctx, { conventionId })
  const financeur = found(convention.financeurs.find((one) => one.rang === rang))
  enforce(whyNotSign({ ...convention, dejaSigne: financeur.signataire !== null }, ctx.today))
  enforce(whyNotSignFor(financeur.nature, ctx.actor.organisationType))
  const dateSignature = dbDate(ctx.today)
  const signed = await ctx.db.conventionFinanceur.updateMany({
    where: { conventionId, rang, signataire: null },
    data: { signataire, dateSignature },
  })
  won(signed.count)
  if (convention.financeurs.every((one) => one.rang === rang || one.signataire !== null)) {
    const collectiviteId = convention.collectivite.id
    await ctx.db.convention.update({
      where: { collectiviteId_id: { collectiviteId, id: conventionId }, statut: convention.statut },
      data: { statut: conventionMachine.sign.to, dateSignature },
    })
    await fact(ctx, { sujet: 'convention.signee', collectiviteId, objet: { conventionId } })
  }
  return getConvention(ctx, { conventionId })
}
