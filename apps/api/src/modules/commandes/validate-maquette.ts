import type { Ctx } from '../../platform/context.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande } from './queries.ts'

/** The buyer accepts the proof. The end of validity of the carnets counts from this day. */
export const validateMaquette = async (ctx: Ctx, { commandeId }: { commandeId: string }) => {
  const commande = await getCommande(ctx, { commandeId })
  await moveCommande(ctx, commande, 'validate_maquette')
  return getCommande(ctx, { commandeId })
}
