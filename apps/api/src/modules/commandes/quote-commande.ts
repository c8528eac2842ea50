import { quoteCommande as amountsOf } from '@pass/domain/commandes.ts'
import type { Ctx } from '../../platform/context.ts'
import { fraisOn } from '../comptabilite/public.ts'
import { getConvention } from '../conventions/public.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande } from './queries.ts'

/** The operator's price: fees at the rate of the convention, the day's VAT on the fees alone. The rates stay with the commande. */
export const quoteCommande = async (ctx: Ctx, { commandeId }: { commandeId: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  const { fraisAmontBp } = await getConvention(ctx, { conventionId: commande.convention.id })
  const rates = { fraisBp: fraisAmontBp, tvaBp: (await fraisOn(ctx)).tvaBp }
  const { fraisHtCentimes, tvaCentimes } = amountsOf({ ...commande, ...rates })
  await moveCommande(ctx, commande, 'quote', { data: { fraisCentimes: fraisHtCentimes, tvaCentimes, ...rates } })
  return getCommande(ctx, { commandeId })
}
