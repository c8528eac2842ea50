import { MOTIF_BLOCAGE_LABELS, type CarnetStatut, type MotifBlocage, carnetMachine } from '@pass/domain/carnets.ts'
import { whyNotBlock } from '@pass/domain/carnet-moves.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { getCarnet } from './queries.ts'
import { recordMouvement } from './record-mouvement.ts'

/** Stops a carnet at once, everywhere: its used pass stay used and paid, the others wait. */
export const blockCarnet = async (
  ctx: Ctx,
  { carnetId, motif, reference }: { carnetId: string; motif: MotifBlocage; reference: string | null },
) => {
  const carnet = found(await ctx.db.carnet.findFirst({ where: { publicId: carnetId, ...reach(ctx, 'carnet') } }))
  const statut = carnet.statut as CarnetStatut
  enforce(whyNotBlock({ statut, motif, reference }))
  const { collectiviteId, id, serie, lotId, conventionId, operateurId, prescripteurId, destinationId } = carnet
  const { count } = await ctx.db.carnet.updateMany({
    where: { collectiviteId, id, statut },
    data: { statut: carnetMachine.block.to, statutAvantBlocage: statut, motifBlocage: motif },
  })
  won(count)
  await recordMouvement(ctx, {
    type: 'bloque',
    collectiviteId,
    conventionId,
    lotId,
    operateurId,
    prescripteurId: prescripteurId ?? destinationId,
    seriePremiere: Number(serie),
    serieDerniere: Number(serie),
    carnets: 1,
    motif: [MOTIF_BLOCAGE_LABELS[motif], reference?.trim()].filter(Boolean).join(', '),
  })
  await fact(ctx, { sujet: 'carnet.bloque', collectiviteId, objet: { carnetId, motif } })
  return getCarnet(ctx, { carnetId })
}
