import type { Ctx } from '../../platform/context.ts'
import { getCarnet, serieFrom, swapCarnets } from '../distribution/public.ts'

/** The hand-over goes on with the new carnet: its diagnostic is the person's own, whatever carnet they hold. */
const continuePrescription = ({ db, actor, now }: Ctx, ancienId: bigint, nouveauId: bigint) =>
  db.$executeRaw`
    insert into prescription
    select (jsonb_populate_record(null::prescription, to_jsonb(k) || jsonb_build_object(
             'id', uuidv7(), 'carnet_id', ${nouveauId}::bigint, 'utilisateur_id', ${actor.utilisateurId}::uuid, 'remis_at', ${now}::timestamptz))).*
      from prescription k where k.collectivite_id = ${actor.organisationId}::uuid and k.carnet_id = ${ancienId} and k.annulee_at is null`

/** A person's lost or stolen carnet, replaced by another with as many pass: answers the new one. */
export const replaceCarnet = async (ctx: Ctx, { carnetId, numero }: { carnetId: string; numero: string }) => {
  const { ancienId, nouveauId, nouveauPublicId } = await swapCarnets(ctx, { carnetId, serie: serieFrom(numero) })
  await continuePrescription(ctx, ancienId, nouveauId)
  return getCarnet(ctx, { carnetId: nouveauPublicId })
}
