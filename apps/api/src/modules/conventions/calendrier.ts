import type { DevoirLu } from '@pass/contracts/conventions-versions.ts'
import { DEVOIR_ACTEUR_LABELS, devoirsOf } from '@pass/domain/convention-devoirs.ts'
import type { Ctx } from '../../platform/context.ts'
import { reaches } from '../../platform/reach.ts'
import { lotsOf } from './prepare-avenant.ts'
import { getConvention } from './queries.ts'

/** The lots of a convention that may still be prolonged; none for who reads no lot. */
export const listConventionLots = async (ctx: Ctx, { conventionId }: { conventionId: string }) => {
  await getConvention(ctx, { conventionId })
  return { items: reaches(ctx, 'lot') ? await lotsOf(ctx, conventionId, { ouverts: true }) : [] }
}

/** What everyone owes for a convention, day by day. Who reads no lot (ANCT, financeur) gets the convention's own days. */
export const listDevoirs = async (ctx: Ctx, { conventionId }: { conventionId: string }): Promise<{ items: DevoirLu[] }> => {
  const convention = await getConvention(ctx, { conventionId })
  const lots = reaches(ctx, 'lot') ? await lotsOf(ctx, conventionId) : []
  return { items: devoirsOf(convention, lots, ctx.today).map((devoir) => ({ ...devoir, acteur: DEVOIR_ACTEUR_LABELS[devoir.acteur] })) }
}
