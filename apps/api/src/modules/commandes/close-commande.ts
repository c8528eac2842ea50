import { whyNotClose } from '@pass/domain/factures.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande, lockCommande } from './queries.ts'

/** Nothing is left to do on a commande: every carnet received is active, its invoice is paid. */
export const closeCommande = async (ctx: Ctx, { commandeId }: { commandeId: string }) => {
  const commande = await lockCommande(ctx, { commandeId })
  enforce(whyNotClose(commande))
  await moveCommande(ctx, commande, 'close')
  return getCommande(ctx, { commandeId })
}
