import { whyNotMandate } from '@pass/domain/encaissements.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { noteEtape } from './move-commande.ts'
import { followCommande } from './move-facture.ts'
import { getCommande } from './queries.ts'

/** The number under which the collectivité pays. Activations already made keep the number they were made with. */
export const recordMandat = async (ctx: Ctx, { commandeId, numeroMandat }: { commandeId: string; numeroMandat: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  enforce(whyNotMandate(commande))
  await ctx.db.commande.update({
    where: { collectiviteId_id: { collectiviteId: commande.collectivite.id, id: commandeId }, statut: commande.statut },
    data: { numeroMandat },
  })
  await noteEtape(ctx, commande, { acte: 'mandat', commentaire: numeroMandat })
  await followCommande(ctx, commande, 'mandate', `Mandat ${numeroMandat}`)
  return getCommande(ctx, { commandeId })
}
