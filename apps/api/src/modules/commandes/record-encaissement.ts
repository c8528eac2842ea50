import type { Commande, commandeRoutes } from '@pass/contracts/commandes.ts'
import type { Input } from '@pass/contracts/route.ts'
import { type Received, splitEncaissement, whyNotRecordEncaissement } from '@pass/domain/encaissements.ts'
import { euros } from '@pass/domain/money.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { post } from '../comptabilite/public.ts'
import { noteEtape } from './move-commande.ts'
import { followCommande } from './move-facture.ts'
import { tellEncaissement } from './notify-collectivite.ts'
import { getCommande, lockCommande } from './queries.ts'

type Body = Input<typeof commandeRoutes.recordEncaissement>['body']

const receivedOf = ({ montantCentimes, fraisCentimes, tvaCentimes, encaissements }: Commande): Received => {
  const total = encaissements.reduce((sum, one) => sum + one.montantCentimes, 0)
  const fraisRecusCentimes = encaissements.reduce((sum, one) => sum + one.fraisCentimes, 0)
  return {
    facialCentimes: montantCentimes,
    fraisTtcCentimes: fraisCentimes + tvaCentimes,
    facialRecuCentimes: total - fraisRecusCentimes,
    fraisRecusCentimes,
  }
}

const requireNewReference = async (ctx: Ctx, { collectivite, operateur }: Commande, referenceVirement: string) => {
  const known = await ctx.db.encaissement.findFirst({
    where: { collectiviteId: collectivite.id, operateurId: operateur.id, referenceVirement },
  })
  const message = 'Ce virement est déjà enregistré.'
  enforce(known ? refuse('deja_enregistre', message, [{ chemin: 'referenceVirement', message }]) : null)
}

/** Records funds of the collectivité: they cover the face value first, then pay the fees; never beyond what the commande costs. */
export const recordEncaissement = async (
  ctx: Ctx,
  { commandeId, montantCentimes, referenceVirement, dateReception }: Body & { commandeId: string },
) => {
  // under the lock, two encaissements at once cannot both take what remains
  const commande = await lockCommande(ctx, { commandeId })
  const received = receivedOf(commande)
  enforce(whyNotRecordEncaissement({ statut: commande.statut, montantCentimes, dateReception, ...received }, ctx.today))
  await requireNewReference(ctx, commande, referenceVirement)
  const { fondsCentimes, fraisCentimes } = splitEncaissement(montantCentimes, received)
  const books = { collectiviteId: commande.collectivite.id, conventionId: commande.convention.id, operateurId: commande.operateur.id }
  const { id: objetId } = await ctx.db.encaissement.create({
    data: {
      ...books,
      commandeId,
      montantCentimes,
      fraisCentimes,
      referenceVirement,
      dateReception: dbDate(dateReception),
      createdAt: ctx.now,
    },
  })
  const moves = [
    { motif: 'encaissement', montantCentimes: fondsCentimes },
    { motif: 'frais_amont', montantCentimes: fraisCentimes },
  ] as const
  await post(
    ctx,
    moves.filter((move) => move.montantCentimes > 0).map((move) => ({ ...books, ...move, objetId })),
  )
  await noteEtape(ctx, commande, { acte: 'encaissement', commentaire: euros(montantCentimes) })
  await tellEncaissement(ctx, commande, montantCentimes)
  if (commande.totalCentimes === received.facialRecuCentimes + received.fraisRecusCentimes + montantCentimes)
    await followCommande(ctx, commande, 'pay', `Virement ${referenceVirement}`)
  return getCommande(ctx, { commandeId })
}
