import { bordereauMachine, whyNotCheck } from '@pass/domain/bordereaux.ts'
import type { Ctx } from '../../platform/context.ts'
import { won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { enforceAll, worthOf } from './act-on-selection.ts'
import { holdSelection } from './hold-selection.ts'
import { getBordereau } from './queries.ts'

/** The preparer compared lines, subtotals and accounts of these bordereaux: all of them, or none. */
export const checkBordereaux = async (ctx: Ctx, { bordereauIds }: { bordereauIds: readonly string[] }) => {
  const held = await holdSelection(ctx, bordereauIds)
  const acteur = ctx.actor.utilisateurId
  enforceAll(held, bordereauIds, (bordereau) => whyNotCheck({ ...bordereau, acteur }))
  const count = await ctx.db.$executeRaw`
    update bordereau set statut = ${bordereauMachine.check.to}, controle_par = ${acteur}::uuid, controle_at = ${ctx.now}::timestamptz
     where operateur_id = ${ctx.actor.organisationId}::uuid and id = any (${bordereauIds}::uuid[]) and statut = 'arrete'`
  won(Number(count === held.length))
  await fact(ctx, { sujet: `bordereau.${bordereauMachine.check.to}`, objet: { bordereauIds } })
  return worthOf(held)
}

export const checkBordereau = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  await checkBordereaux(ctx, { bordereauIds: [bordereauId] })
  return getBordereau(ctx, { bordereauId })
}
