import type { conventionRoutes } from '@pass/contracts/conventions.ts'
import type { Input } from '@pass/contracts/route.ts'
import { whyNotDateSignature } from '@pass/domain/convention-termes.ts'
import { conventionMachine, whyNotSign, whyNotSignFor } from '@pass/domain/conventions.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { keepEtape } from './etapes.ts'
import { requirePiece } from './pieces.ts'
import { getConvention, lockConvention } from './queries.ts'

type Signature = Input<typeof conventionRoutes.signConvention>['body'] & { conventionId: string }

/** Records the signature of one financeur, with its scan; the last one missing signs the convention. */
export const signConvention = async (
  ctx: Ctx,
  { conventionId, rang, signataire, dateSignature = ctx.today, pieceId = null }: Signature,
) => {
  enforce(whyNotDateSignature(dateSignature, ctx.today), 400)
  // two financeurs may sign at the same second: under the lock, the second one knows that it is the last
  const convention = await lockConvention(ctx, { conventionId })
  const financeur = found(convention.financeurs.find((one) => one.rang === rang))
  enforce(whyNotSign({ ...convention, dejaSigne: financeur.signataire !== null }, ctx.today))
  enforce(whyNotSignFor(financeur.nature, ctx.actor.organisationType))
  await requirePiece(ctx, conventionId, pieceId)
  const signed = await ctx.db.conventionFinanceur.updateMany({
    where: { conventionId, rang, signataire: null },
    data: { signataire, dateSignature: dbDate(dateSignature), pieceId },
  })
  won(signed.count)
  await keepEtape(ctx, convention, 'signature', { detail: financeur.nom })
  if (convention.financeurs.every((one) => one.rang === rang || one.signataire !== null)) {
    const collectiviteId = convention.collectivite.id
    await ctx.db.convention.update({
      where: { collectiviteId_id: { collectiviteId, id: conventionId }, statut: convention.statut },
      data: { statut: conventionMachine.sign.to, dateSignature: dbDate(ctx.today) },
    })
    await fact(ctx, { sujet: 'convention.signee', collectiviteId, objet: { conventionId } })
  }
  const signedNow = await getConvention(ctx, { conventionId })
  if (signedNow.statut !== convention.statut) await keepEtape(ctx, signedNow, 'signee')
  return signedNow
}
