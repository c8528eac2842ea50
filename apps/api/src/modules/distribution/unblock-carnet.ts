import { carnetMachine, type CarnetStatut, unblockAction } from '@pass/domain/carnets.ts'
import { whyNotUnblock } from '@pass/domain/carnet-moves.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { STILL_ON_THE_WAY } from './on-the-way.ts'
import { getCarnet } from './queries.ts'
import { recordMouvement } from './record-mouvement.ts'

/**
 * A carnet found again goes back to where it was when it was blocked. One missing at delivery is delivered now; one blocked on the
 * way is back in reserve when its parcel was acknowledged without it.
 */
export const unblockCarnet = async (ctx: Ctx, { carnetId }: { carnetId: string }) => {
  const carnet = found(await ctx.db.carnet.findFirst({ where: { publicId: carnetId, ...reach(ctx, 'carnet') } }))
  enforce(whyNotUnblock({ statut: carnet.statut as CarnetStatut }))
  const { collectiviteId, id, serie, lotId, conventionId, operateurId, prescripteurId } = carnet
  const { to } = carnetMachine[unblockAction(carnet.statutAvantBlocage as CarnetStatut)]
  const count = await ctx.db.$executeRaw`
    update carnet c set statut = ${to}, statut_avant_blocage = null, motif_blocage = null,
           livre_at = coalesce(livre_at, ${ctx.now}),
           destination_id = case when ${STILL_ON_THE_WAY} then destination_id end
     where collectivite_id = ${collectiviteId}::uuid and id = ${id} and statut = 'bloque'`
  won(count)
  await recordMouvement(ctx, {
    type: 'debloque',
    collectiviteId,
    conventionId,
    lotId,
    operateurId,
    prescripteurId,
    seriePremiere: Number(serie),
    serieDerniere: Number(serie),
    carnets: 1,
  })
  await fact(ctx, { sujet: 'carnet.debloque', collectiviteId, objet: { carnetId } })
  return getCarnet(ctx, { carnetId })
}
