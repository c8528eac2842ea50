import { whyNotAllocate } from '@pass/domain/carnets.ts'
import { joined, parsePlages, type Plage, type PlageSaisie, whyNotRanges } from '@pass/domain/plages.ts'
import { whyNotSend } from '@pass/domain/stock.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { admitPrescripteur } from '../conventions/public.ts'
import { getPrescripteur } from '../referentiels/public.ts'
import { getAttribution, getAttributions } from './attribution-queries.ts'
import { type Parcel, type Sender, type Shipment, sendParcels, shortLines } from './parcels.ts'
import { serieFrom } from './queries.ts'
import { tellParcels } from './tell-parcels.ts'

/** Numbers as typed or scanned, read as ranges. */
export const rangesFrom = (saisies: readonly PlageSaisie[]): Plage[] => {
  const read = parsePlages(saisies)
  enforce(read.ok ? whyNotRanges(read.plages) : read.refusal, 400)
  return read.ok ? joined(read.plages) : []
}

/** Refuses a shipment that is not wholly in the sender's hands, naming the first carnet at fault; the others are locked. */
export const lockShipment = async (ctx: Sender, shipment: Shipment, { lots = true } = {}): Promise<void> => {
  const short = (await shortLines(ctx, shipment, true)).find(({ absent }) => lots || absent !== null)
  if (!short) return
  const { premiere, derniere } = shipment.lignes[short.rang]!
  enforce(
    whyNotSend({
      demandes: derniere - premiere + 1,
      disponibles: short.disponibles,
      premierIndisponible: short.absent,
      lots: short.lots,
    }),
  )
}

/** What a shipment out of the reserve changes besides the carnets: who reads the convention, and who is told. */
export const closeShipment = async (ctx: Sender, shipment: Shipment, parcels: readonly Parcel[]): Promise<void> => {
  const admitted = new Map(
    parcels.map(({ conventionId, destinataireId }) => [`${conventionId} ${destinataireId}`, { conventionId, destinataireId }]),
  )
  for (const { conventionId, destinataireId } of admitted.values())
    if (destinataireId) await admitPrescripteur(ctx, { conventionId, prescripteurId: destinataireId })
  await tellParcels(ctx, shipment, parcels)
}

/**
 * Sends a range of carnets to a prescripteur of the territory: until it acknowledges them the collectivité answers for them.
 * A range that is not wholly in reserve, or that covers two deliveries, is refused.
 */
export const allocateCarnets = async (
  ctx: Ctx,
  { prescripteurId, premier, carnets }: { prescripteurId: string; premier: string; carnets: number },
) => {
  const premiere = serieFrom(premier)
  const derniere = premiere + carnets - 1
  enforce(whyNotAllocate({ seriePremiere: premiere, serieDerniere: derniere, disponibles: carnets }), 400)
  await getPrescripteur(ctx, prescripteurId)
  const shipment: Shipment = {
    collectiviteId: ctx.actor.organisationId,
    expediteurId: null,
    lignes: [{ premiere, derniere, destinataireId: prescripteurId }],
  }
  await lockShipment(ctx, shipment)
  const parcels = await sendParcels(ctx, shipment)
  await closeShipment(ctx, shipment, parcels)
  return getAttribution(ctx, { attributionId: parcels[0]!.attributionId })
}

type Ranges = { prescripteurId: string; plages: readonly PlageSaisie[] }

/** The same for what was scanned one by one: all of it leaves or nothing does, one parcel a delivery. */
export const allocateRanges = async (ctx: Ctx, { prescripteurId, plages }: Ranges) => {
  const ranges = rangesFrom(plages)
  await getPrescripteur(ctx, prescripteurId)
  const shipment: Shipment = {
    collectiviteId: ctx.actor.organisationId,
    expediteurId: null,
    lignes: ranges.map((range) => ({ ...range, destinataireId: prescripteurId })),
  }
  await lockShipment(ctx, shipment, { lots: false })
  const parcels = await sendParcels(ctx, shipment)
  await closeShipment(ctx, shipment, parcels)
  return getAttributions(ctx, parcels)
}
