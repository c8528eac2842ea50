import type { Ctx } from '../../platform/context.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande } from './queries.ts'

/** The buyer asks for a correction of the proof, and says which. */
export const refuseMaquette = async (ctx: Ctx, { commandeId, commentaire }: { commandeId: string; commentaire: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  await moveCommande(ctx, commande, 'refuse_maquette', { data: { maquetteCommentaire: commentaire }, commentaire })
  return getCommande(ctx, { commandeId })
}
