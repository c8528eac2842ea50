import type { Commande } from '@pass/contracts/commandes.ts'
import { endOfValidity } from '@pass/domain/commandes.ts'
import { parisDay } from '@pass/domain/days.ts'
import { serieOf } from '@pass/domain/references.ts'
import { newLotKey, wrapLotKey } from '../../platform/codes.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { nextNumber } from '../../platform/numbers.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { getConvention } from '../conventions/public.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande } from './queries.ts'

const validationDay = ({ etapes }: Commande, today: string) => {
  const validation = etapes.findLast(({ action }) => action === 'validation')
  return validation ? parisDay(new Date(validation.at)) : today
}

/** Opens the lot (serials, end of validity, key) and leaves the writing of its carnets to a job, in the same transaction. */
export const produceCommande = async (ctx: Ctx, { commandeId, secrets }: { commandeId: string; secrets: Secrets }) => {
  const commande = await getCommande(ctx, { commandeId })
  await moveCommande(ctx, commande, 'produce')
  const { validiteMois } = await getConvention(ctx, { conventionId: commande.convention.id })
  const { quantite, carnetTaille, valeurFacialeCentimes } = commande
  const annee = Number(ctx.today.slice(0, 4))
  const seriePremiere = serieOf(annee, await nextNumber(ctx, 'serie', annee, quantite))
  const owners = { collectiviteId: commande.collectivite.id, operateurId: commande.operateur.id }
  const { id: lotId } = await ctx.db.lot.create({
    data: {
      ...owners,
      commandeId,
      conventionId: commande.convention.id,
      quantite,
      carnetTaille,
      valeurFacialeCentimes,
      seriePremiere,
      serieDerniere: seriePremiere + quantite - 1,
      dateFin: dbDate(endOfValidity(validationDay(commande, ctx.today), validiteMois)),
      createdAt: ctx.now,
    },
  })
  await ctx.db.lotCle.create({ data: { ...owners, lotId, cleChiffree: new Uint8Array(wrapLotKey(secrets, lotId, newLotKey())) } })
  await enqueue(ctx, 'produce-lot', { lotId }, `lot:${lotId}`)
  return getCommande(ctx, { commandeId })
}
