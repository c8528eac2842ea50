import type { Ctx } from '../../platform/context.ts'
import { moveCommande } from './move-commande.ts'
import { tellMaquette } from './notify-collectivite.ts'
import { getCommande } from './queries.ts'

/** The operator shows the text of the cover; a new proof drops the correction that was asked for. */
export const proposeMaquette = async (ctx: Ctx, { commandeId, texte }: { commandeId: string; texte: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  await moveCommande(ctx, commande, 'propose_maquette', { data: { maquetteTexte: texte, maquetteCommentaire: null } })
  await tellMaquette(ctx, commande)
  return getCommande(ctx, { commandeId })
}
