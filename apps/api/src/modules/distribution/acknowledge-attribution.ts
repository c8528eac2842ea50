import { whyNotAcknowledgeAttribution } from '@pass/domain/attributions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { getAttribution } from './queries.ts'
import { recordMouvement } from './record-mouvement.ts'

type Parcel = { collectiviteId: string; lotId: string; seriePremiere: bigint; serieDerniere: bigint }
type Received = { carnets: number; operateur_id: string | null }

/** Custody passes to the receiver; a carnet blocked on the way stays with the sender. */
const receive = async ({ db, actor, now }: Ctx, { collectiviteId, lotId, seriePremiere, serieDerniere }: Parcel) => {
  const [row] = await db.$queryRaw<Received[]>`
    with received as (
      update carnet set statut = 'attribue', prescripteur_id = destination_id, destination_id = null, attribue_at = ${now}
       where collectivite_id = ${collectiviteId}::uuid and lot_id = ${lotId}::uuid and serie between ${seriePremiere} and ${serieDerniere}
         and destination_id = ${actor.organisationId}::uuid and statut in ('livre', 'attribue')
      returning operateur_id)
    select count(*)::int as carnets, any_value(operateur_id) as operateur_id from received`
  return row!
}

/** The receiver confirms that the carnets are there: from now on it answers for them and may hand them over. */
export const acknowledgeAttribution = async (ctx: Ctx, { attributionId }: { attributionId: string }) => {
  const row = found(await ctx.db.attribution.findFirst({ where: { id: attributionId, ...reach(ctx, 'attribution') } }))
  const attribution = await getAttribution(ctx, { attributionId })
  enforce(whyNotAcknowledgeAttribution(attribution))
  const { collectiviteId, conventionId, lotId, seriePremiere, serieDerniere } = row
  const { count } = await ctx.db.attribution.updateMany({
    where: { collectiviteId, id: attributionId, statut: row.statut },
    data: { statut: 'accusee', accuseeAt: ctx.now },
  })
  won(count)
  const { carnets, operateur_id: operateurId } = await receive(ctx, row)
  if (operateurId)
    await recordMouvement(ctx, {
      type: 'accuse',
      collectiviteId,
      conventionId,
      lotId,
      operateurId,
      prescripteurId: ctx.actor.organisationId,
      seriePremiere: Number(seriePremiere),
      serieDerniere: Number(serieDerniere),
      carnets,
    })
  await fact(ctx, { sujet: 'attribution.accusee', collectiviteId, objet: { attributionId } })
  return getAttribution(ctx, { attributionId })
}
