import { whyNotTransfer } from '@pass/domain/attributions.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, NotFound } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { mayExchange } from '../conventions/public.ts'
import { getPrescripteur } from '../referentiels/public.ts'
import { closeShipment, lockShipment, rangesFrom } from './allocate-carnets.ts'
import { getAttributions } from './attribution-queries.ts'
import { sendParcels, type Shipment } from './parcels.ts'
import { tellParcels } from './tell-parcels.ts'

type Input = {
  expediteurId: string | null
  destinataireId: string | null
  plages: readonly { premier: string; dernier: string }[]
}

/** A prescripteur that holds carnets of the caller's, or 404. */
const checkHolder = async (ctx: Ctx, prescripteurId: string) => {
  const [row] = await ctx.db.$queryRaw<{ ok: number }[]>`
    select 1 as ok from carnet c where c.prescripteur_id = ${prescripteurId}::uuid and ${reachSql(ctx, 'carnet', 'c')} limit 1`
  found(row)
}

/** Whose carnets these are: what a prescripteur holds may come from several collectivités, one at a time leaves. */
const ownerOf = async (ctx: Ctx, premiere: number): Promise<string> => {
  if (ctx.actor.organisationType === 'collectivite') return ctx.actor.organisationId
  const [row] = await ctx.db.$queryRaw<{ collectivite_id: string }[]>`
    select c.collectivite_id from carnet c where c.serie = ${premiere}::bigint and ${reachSql(ctx, 'carnet', 'c')}`
  if (!row) enforce(refuse('stock_insuffisant', 'Le premier de ces carnets n’est pas dans votre stock.'))
  return row!.collectivite_id
}

/** From the stock of a prescripteur, ordered by the collectivité: to another one of its territory, or back to its reserve. */
const transferForAll = async (ctx: Ctx, shipment: Shipment, { expediteurId, destinataireId }: Input) => {
  if (!expediteurId) throw new NotFound()
  await checkHolder(ctx, expediteurId)
  if (destinataireId) await getPrescripteur(ctx, destinataireId)
  await lockShipment(ctx, shipment, { lots: false })
  const parcels = await sendParcels(ctx, shipment)
  await closeShipment(ctx, shipment, parcels)
  return parcels
}

/** A prescripteur returns what it holds; it sends to another one only where the collectivité lets them exchange. */
const transferOwn = async (ctx: Ctx, shipment: Shipment, { destinataireId }: Input) => {
  if (destinataireId && !(await mayExchange(ctx, { prescripteurId: destinataireId, collectiviteId: shipment.collectiviteId })))
    throw new NotFound()
  await lockShipment(ctx, shipment, { lots: false })
  const parcels = await sendParcels(ctx, shipment)
  const conventionIds = [...new Set(parcels.map(({ conventionId }) => conventionId))]
  if (destinataireId) {
    const { collectiviteId } = shipment
    const allowed = await mayExchange(ctx, { prescripteurId: destinataireId, collectiviteId, conventionIds })
    enforce(allowed ? null : refuse('transfert_non_permis'))
  }
  await tellParcels(ctx, shipment, parcels)
  return parcels
}

/**
 * Moves carnets already with a prescripteur: to another one, or back to the reserve. Until the receiver confirms, the sender holds
 * them, and nobody hands them over.
 */
export const transferCarnets = async (ctx: Ctx, input: Input) => {
  const isCollectivite = ctx.actor.organisationType === 'collectivite'
  const expediteurId = isCollectivite ? input.expediteurId : ctx.actor.organisationId
  enforce(whyNotTransfer({ de: expediteurId, vers: input.destinataireId }), 400)
  const ranges = rangesFrom(input.plages)
  const collectiviteId = await ownerOf(ctx, ranges[0]!.premiere)
  const lignes = ranges.map((range) => ({ ...range, destinataireId: input.destinataireId }))
  const shipment = { collectiviteId, expediteurId, lignes }
  const parcels = await (isCollectivite ? transferForAll : transferOwn)(ctx, shipment, input)
  return getAttributions(ctx, parcels)
}
