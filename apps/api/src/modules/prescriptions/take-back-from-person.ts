import { whyNotTakeBack } from '@pass/domain/carnet-moves.ts'
import { parisDay } from '@pass/domain/days.ts'
import { whyNotRecord } from '@pass/domain/prescriptions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { getCarnet, markTakenBack, readCarnetById } from '../distribution/public.ts'

/** Any day, as long as no pass was used: the collectivité puts right a hand-over made to the wrong person. The counter gets its carnet back. */
export const takeBackFromPerson = async (ctx: Ctx, { carnetId, motif }: { carnetId: string; motif: string }) => {
  enforce(whyNotRecord({ motif }), 400)
  const row = found(await ctx.db.carnet.findFirst({ where: { publicId: carnetId, ...reach(ctx, 'carnet') } }))
  const { collectiviteId, id } = row
  const carnet = await readCarnetById(ctx, { collectiviteId, id })
  const dateRemise = row.remisAt ? parisDay(row.remisAt) : ctx.today
  enforce(whyNotTakeBack({ statut: carnet.statut, passUtilises: carnet.utilises, dateRemise, par: 'collectivite' }, ctx.today))
  await ctx.db.prescription.updateMany({ where: { collectiviteId, carnetId: id, annuleeAt: null }, data: { annuleeAt: ctx.now } })
  await markTakenBack(ctx, carnet, motif)
  await fact(ctx, { sujet: 'carnet.repris', collectiviteId, objet: { carnetId } })
  return getCarnet(ctx, { carnetId })
}
