import { bordereauMachine, whyNotCheck } from '@pass/domain/bordereaux.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { holdBordereau, moveBordereau } from './move-bordereau.ts'
import { getBordereau } from './queries.ts'

export const checkBordereau = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  const bordereau = await holdBordereau(ctx, bordereauId)
  enforce(whyNotCheck(bordereau))
  await moveBordereau(ctx, bordereau, {
    to: bordereauMachine.check.to,
    set: sql`controle_par = ${ctx.actor.utilisateurId}::uuid, controle_at = ${ctx.now}::timestamptz`,
  })
  return getBordereau(ctx, { bordereauId })
}
