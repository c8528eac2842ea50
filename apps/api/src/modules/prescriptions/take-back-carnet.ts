import { whyNotTakeBack } from '@pass/domain/carnet-moves.ts'
import { parisDay } from '@pass/domain/days.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { markTakenBack, readCarnetById } from '../distribution/public.ts'
import { getPrescription } from './queries.ts'

/** Takes back, the same day and unused, a carnet handed over by mistake: it returns to the stock, the hand-over stays, cancelled. */
export const takeBackCarnet = async (ctx: Ctx, { prescriptionId }: { prescriptionId: string }) => {
  const prescription = found(await ctx.db.prescription.findFirst({ where: { id: prescriptionId, ...reach(ctx, 'prescription') } }))
  const { collectiviteId, carnetId, remisAt, annuleeAt } = prescription
  enforce(annuleeAt && refuse('carnet_statut', 'Cette remise est déjà annulée.'))
  const carnet = await readCarnetById(ctx, { collectiviteId, id: carnetId })
  enforce(
    whyNotTakeBack({ statut: carnet.statut, passUtilises: carnet.utilises, dateRemise: parisDay(remisAt), par: 'prescripteur' }, ctx.today),
  )
  const { count } = await ctx.db.prescription.updateMany({
    where: { collectiviteId, id: prescriptionId, annuleeAt: null },
    data: { annuleeAt: ctx.now },
  })
  won(count)
  await markTakenBack(ctx, carnet)
  await fact(ctx, { sujet: 'carnet.repris', collectiviteId, objet: { prescriptionId } })
  return getPrescription(ctx, { prescriptionId })
}
