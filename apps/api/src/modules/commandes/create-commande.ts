import type { commandeRoutes } from '@pass/contracts/commandes.ts'
import type { Input } from '@pass/contracts/route.ts'
import { quoteCommande } from '@pass/domain/commandes.ts'
import { whyNotOrder } from '@pass/domain/conventions.ts'
import { formatReference } from '@pass/domain/references.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { lockConvention } from '../conventions/public.ts'
import { noteEtape } from './move-commande.ts'
import { getCommande } from './queries.ts'
import { referencesOf } from './set-references.ts'

type Body = Input<typeof commandeRoutes.createCommande>['body']

/** Asks for a quote: a brouillon until the operator gives its price. */
export const createCommande = async (ctx: Ctx, { conventionId, quantite, ...typed }: Body) => {
  const references = await referencesOf(ctx, typed)
  // under the lock, two orders at once cannot both take the last euros of the convention
  const convention = await lockConvention(ctx, { conventionId })
  const { carnetTaille, valeurFacialeCentimes } = convention
  const { montantFacialCentimes } = quoteCommande({ quantite, carnetTaille, valeurFacialeCentimes, fraisBp: 0, tvaBp: 0 })
  enforce(whyNotOrder(convention, convention.commandeCentimes ?? 0, montantFacialCentimes, ctx.today))
  const annee = Number(ctx.today.slice(0, 4))
  const { id } = await ctx.db.commande.create({
    data: {
      collectiviteId: convention.collectivite.id,
      conventionId,
      operateurId: convention.operateur.id,
      reference: formatReference('', annee, await nextNumber(ctx, 'commande', annee)),
      quantite,
      carnetTaille,
      valeurFacialeCentimes,
      montantCentimes: montantFacialCentimes,
      createdAt: ctx.now,
      ...references,
    },
  })
  const commande = await getCommande(ctx, { commandeId: id })
  await noteEtape(ctx, commande, { acte: 'demande' })
  return getCommande(ctx, { commandeId: id })
}
