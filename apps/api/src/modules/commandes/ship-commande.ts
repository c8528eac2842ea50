import { PAR_PAQUET } from '@pass/domain/colis.ts'
import { whyNotShip } from '@pass/domain/lots.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { reach } from '../../platform/reach.ts'
import { lotRange } from './lot-range.ts'
import { moveLot, writeMouvements } from './lot-task.ts'
import { moveCommande } from './move-commande.ts'
import { tellShipped } from './notify-collectivite.ts'
import { pack } from './pack-lot.ts'
import { getCommande, lockCommande } from './queries.ts'

/** The cartons that were prepared; otherwise as many as are said, of the same size. */
const cartonsOf = async (ctx: Ctx, lot: { id: string; collectiviteId: string; quantite: number }, colis: number): Promise<number> => {
  const prepared = await ctx.db.colis.count({ where: { lotId: lot.id, ...reach(ctx, 'colis') } })
  if (prepared > 0) return prepared
  const parCarton = Math.ceil(lot.quantite / Math.min(colis, lot.quantite))
  return pack(ctx, { lotId: lot.id, collectiviteId: lot.collectiviteId, parCarton, parPaquet: Math.min(PAR_PAQUET, parCarton) })
}

/** Every carnet of the lot printed and on its way. */
export const shipCommande = async (ctx: Ctx, { commandeId, colis }: { commandeId: string; colis: number }) => {
  const commande = await lockCommande(ctx, { commandeId })
  enforce(whyNotShip(commande))
  const collectiviteId = commande.collectivite.id
  const { id: lotId, quantite } = commande.lot!
  const cartons = await cartonsOf(ctx, { id: lotId, collectiviteId, quantite }, colis)
  await moveCommande(ctx, commande, 'ship', { data: { colis: cartons } })
  await ctx.db.lot.updateMany({ where: { collectiviteId, id: lotId, imprimeAt: null }, data: { imprimeAt: ctx.now } })
  const range = lotRange(commande)!
  await moveLot(ctx, { task: 'ship', collectiviteId, lotId, plages: [range], at: ctx.now }, quantite)
  await writeMouvements(ctx, { collectiviteId, lotId }, [
    { type: 'imprime', ...range },
    { type: 'expedie', ...range },
  ])
  await tellShipped(ctx, commande, cartons)
  return getCommande(ctx, { commandeId })
}
