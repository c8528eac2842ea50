import { type BordereauAction, whyNotBordereau } from '@pass/domain/bordereaux.ts'
import { parisDay } from '@pass/domain/days.ts'
import { whyNotBankDate } from '@pass/domain/virements.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { type HeldBordereau, holdSelection } from './hold-selection.ts'
import { getBordereau } from './queries.ts'
import { executeVirements, rejectVirements } from './settle-virements.ts'

type Answer = { bordereauId: string; dateBanque: string }

const hold = async (ctx: Ctx, action: BordereauAction, { bordereauId, dateBanque }: Answer) => {
  const [bordereau] = (await holdSelection(ctx, [bordereauId])) as [HeldBordereau]
  enforce(whyNotBordereau(action, bordereau.statut))
  enforce(whyNotBankDate(dateBanque, { transmisLe: parisDay(bordereau.transmisAt ?? ctx.now), today: ctx.today }), 400)
  return { ...bordereau, bordereauId, dateBanque }
}

/** The bank has executed the transfer, without a file to say so: somebody read it on the statement. */
export const payBordereau = async (ctx: Ctx, answer: Answer) => {
  await executeVirements(ctx, [await hold(ctx, 'pay', answer)])
  return getBordereau(ctx, answer)
}

/** The bank has refused the transfer, without a file to say so. */
export const rejectBordereau = async (ctx: Ctx, { motif, ...answer }: Answer & { motif: string }) => {
  await rejectVirements(ctx, [{ ...(await hold(ctx, 'reject', answer)), motif }])
  return getBordereau(ctx, answer)
}
