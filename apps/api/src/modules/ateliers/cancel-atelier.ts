import type { Atelier } from '@pass/contracts/ateliers.ts'
import { whyNotCancel } from '@pass/domain/ateliers.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getAtelier, lockAtelier } from './queries.ts'

/** Cancels an atelier in which no pass is used, or no longer. */
export const cancelAtelier = async (ctx: Ctx, { atelierId, motif }: { atelierId: string; motif: string }): Promise<Atelier> => {
  const { statut, pass } = await lockAtelier(ctx, atelierId)
  enforce(whyNotCancel({ statut, passUtilises: pass, motif }))
  won(
    await ctx.db.$executeRaw`update atelier set statut = 'annule', motif_annulation = ${motif}
      where organisation_id = ${ctx.actor.organisationId}::uuid and id = ${atelierId}::uuid and statut = ${statut}`,
  )
  await fact(ctx, { sujet: 'atelier.annule', objet: { atelierId } })
  return getAtelier(ctx, { atelierId })
}
