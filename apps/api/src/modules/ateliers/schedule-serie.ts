import type { AtelierSummary } from '@pass/contracts/ateliers.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { summariesOf } from './queries.ts'
import { openAteliers, type Plan } from './schedule-atelier.ts'

const TWICE = 'Cette date est déjà dans la série.'
const whyTwice = (dates: readonly string[]) => {
  const erreurs = dates.flatMap((date, i) => (dates.indexOf(date) < i ? [{ chemin: `dates.${i}`, message: TWICE }] : []))
  return erreurs.length > 0 ? refuse('atelier_invalide', TWICE, erreurs) : null
}

/** The same atelier at several dates: all of them, or none. */
export const scheduleSerie = async (
  ctx: Ctx,
  { dates, ...plan }: Plan & { dates: readonly string[] },
): Promise<{ items: AtelierSummary[] }> => {
  enforce(whyTwice(dates), 400)
  const ids = await openAteliers(ctx, plan, dates, (rank) => `dates.${rank}`)
  return { items: await summariesOf(ctx, ids) }
}
