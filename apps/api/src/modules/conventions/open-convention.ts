import { conventionMachine, whyNotOpen } from '@pass/domain/conventions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { keepEtape } from './etapes.ts'
import { getConvention } from './queries.ts'

/** Opens a signed convention: from now on carnets may be ordered. */
export const openConvention = async (ctx: Ctx, { conventionId }: { conventionId: string }) => {
  const convention = await getConvention(ctx, { conventionId })
  const signaturesManquantes = convention.financeurs.filter(({ signataire }) => signataire === null).map(({ nom }) => nom)
  enforce(whyNotOpen({ ...convention, signaturesManquantes }, ctx.today))
  const collectiviteId = convention.collectivite.id
  await ctx.db.convention.update({
    where: { collectiviteId_id: { collectiviteId, id: conventionId }, statut: convention.statut }, // the statut we read: a race is a refusal
    data: { statut: conventionMachine.open.to },
  })
  await fact(ctx, { sujet: 'convention.ouverte', collectiviteId, objet: { conventionId } })
  const opened = await getConvention(ctx, { conventionId })
  await keepEtape(ctx, opened, 'ouverture')
  return opened
}
