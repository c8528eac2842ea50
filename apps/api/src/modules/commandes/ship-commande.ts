import { whyNotShip } from '@pass/domain/lots.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { moveCommande } from './move-commande.ts'
import { tellShipped } from './notify-collectivite.ts'
import { getCommande } from './queries.ts'

/** Every carnet of the lot printed and on its way. */
export const shipCommande = async (ctx: Ctx, { commandeId, colis }: { commandeId: string; colis: number }) => {
  const commande = await getCommande(ctx, { commandeId })
  enforce(whyNotShip(commande))
  await moveCommande(ctx, commande, 'ship', { data: { colis } })
  const collectiviteId = commande.collectivite.id
  const lotId = commande.lot!.id
  // the print file has been taken: the key of the lot lives a few more days
  await ctx.db.lot.update({ where: { collectiviteId_id: { collectiviteId, id: lotId } }, data: { imprimeAt: ctx.now } })
  await ctx.db
    .$queryRaw`select ship_carnets(${collectiviteId}::uuid, ${lotId}::uuid, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz)`
  await tellShipped(ctx, commande, colis)
  return getCommande(ctx, { commandeId })
}
