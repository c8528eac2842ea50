import type { Ctx } from '../../platform/context.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande } from './queries.ts'

/** The operator shows the text of the cover; a new proof drops the correction that was asked for. */
export const proposeMaquette = async (ctx: Ctx, { commandeId, texte }: { commandeId: string; texte: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  await moveCommande(ctx, commande, 'propose_maquette', { data: { maquetteTexte: texte, maquetteCommentaire: null } })
  return getCommande(ctx, { commandeId })
}
