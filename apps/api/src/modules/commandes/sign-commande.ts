import { whyNotCommande } from '@pass/domain/commandes.ts'
import { whyNotOrder } from '@pass/domain/conventions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { lockConvention } from '../conventions/public.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande } from './queries.ts'

/** The buyer signs the quote, while the convention still allows it. */
export const signCommande = async (ctx: Ctx, { commandeId, signataire }: { commandeId: string; signataire: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  enforce(whyNotCommande('sign', commande))
  const convention = await lockConvention(ctx, { conventionId: commande.convention.id })
  const autresCentimes = (convention.commandeCentimes ?? 0) - commande.montantCentimes
  enforce(whyNotOrder(convention, autresCentimes, commande.montantCentimes, ctx.today))
  await moveCommande(ctx, commande, 'sign', { data: { signataire } })
  return getCommande(ctx, { commandeId })
}
