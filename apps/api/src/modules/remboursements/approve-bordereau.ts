import { bordereauMachine, whyNotApprove } from '@pass/domain/bordereaux.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { holdBordereau, moveBordereau } from './move-bordereau.ts'
import { getBordereau } from './queries.ts'

export const approveBordereau = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  const bordereau = await holdBordereau(ctx, bordereauId)
  enforce(whyNotApprove(bordereau))
  await moveBordereau(ctx, bordereau, {
    to: bordereauMachine.approve.to,
    set: sql`approuve_par = ${ctx.actor.utilisateurId}::uuid, approuve_at = ${ctx.now}::timestamptz`,
  })
  return getBordereau(ctx, { bordereauId })
}
