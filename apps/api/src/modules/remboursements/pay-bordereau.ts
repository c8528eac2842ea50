import { bordereauMachine, whyNotBordereau } from '@pass/domain/bordereaux.ts'
import { parisDay } from '@pass/domain/days.ts'
import { whyNotBankDate } from '@pass/domain/virements.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { payRedemptions } from '../ateliers/public.ts'
import { holdBordereau, moveBordereau } from './move-bordereau.ts'
import { tellPaid } from './notify-structure.ts'
import { postBordereau } from './post-bordereau.ts'
import { getBordereau } from './queries.ts'

/** The bank has executed the transfer: the structure is paid, and so is each use of the bordereau. */
export const payBordereau = async (ctx: Ctx, { bordereauId, dateBanque }: { bordereauId: string; dateBanque: string }) => {
  const bordereau = await holdBordereau(ctx, bordereauId)
  enforce(whyNotBordereau('pay', bordereau.statut))
  enforce(whyNotBankDate(dateBanque, { transmisLe: parisDay(bordereau.transmisAt ?? ctx.now), today: ctx.today }), 400)
  await postBordereau(ctx, bordereau, 'paiement')
  await payRedemptions(ctx, { structureId: bordereau.structureId, bordereauId })
  await moveBordereau(ctx, bordereau, {
    to: bordereauMachine.pay.to,
    set: sql`paye_at = ${ctx.now}::timestamptz, date_banque = ${dateBanque}::date`,
  })
  await tellPaid(ctx, bordereau, dateBanque)
  return getBordereau(ctx, { bordereauId })
}
