import { quoteCommande as amountsOf } from '@pass/domain/commandes.ts'
import { CONVENTION_DEFAULTS } from '@pass/domain/conventions.ts'
import type { Ctx } from '../../platform/context.ts'
import { getConvention } from '../conventions/public.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande } from './queries.ts'

/** The operator's price: fees at the rate of the convention, VAT on the fees alone. */
export const quoteCommande = async (ctx: Ctx, { commandeId }: { commandeId: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  const { fraisAmontBp } = await getConvention(ctx, { conventionId: commande.convention.id })
  const { fraisHtCentimes, tvaCentimes } = amountsOf({ ...commande, fraisBp: fraisAmontBp, tvaBp: CONVENTION_DEFAULTS.tvaFraisBp })
  await moveCommande(ctx, commande, 'quote', { data: { fraisCentimes: fraisHtCentimes, tvaCentimes } })
  return getCommande(ctx, { commandeId })
}
