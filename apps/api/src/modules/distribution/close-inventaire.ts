import { type InventaireStatut, comptageMachine, inventaireMachine, whyNotCloseInventaire } from '@pass/domain/inventaires.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { getInventaire } from './inventaires.ts'

/** Ends a campaign; the counts that nobody made are said absent. What is missing stays blocked until two people cancel it. */
export const closeInventaire = async (ctx: Ctx, { inventaireId }: { inventaireId: string }) => {
  const { collectiviteId, statut } = found(await ctx.db.inventaire.findFirst({ where: { id: inventaireId, ...reach(ctx, 'inventaire') } }))
  enforce(whyNotCloseInventaire({ statut: statut as InventaireStatut }))
  const { count } = await ctx.db.inventaire.updateMany({
    where: { collectiviteId, id: inventaireId, statut },
    data: { statut: inventaireMachine.close.to, closPar: ctx.actor.utilisateurId, closAt: ctx.now },
  })
  won(count)
  await ctx.db.comptage.updateMany({
    where: { collectiviteId, inventaireId, statut: 'a_faire' },
    data: { statut: comptageMachine.miss.to },
  })
  await fact(ctx, { sujet: 'inventaire.clos', collectiviteId, objet: { inventaireId } })
  return getInventaire(ctx, { inventaireId })
}
