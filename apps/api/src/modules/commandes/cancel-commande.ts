import type { Ctx } from '../../platform/context.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande } from './queries.ts'

/** Gives up a commande before its production; its amount is free again on the convention. */
export const cancelCommande = async (ctx: Ctx, { commandeId, motif }: { commandeId: string; motif: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  await moveCommande(ctx, commande, 'cancel', { commentaire: motif })
  return getCommande(ctx, { commandeId })
}
