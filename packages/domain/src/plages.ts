import { formatSerie, rangeSize } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A range of serials, both ends included. */
export type Plage = { premiere: number; derniere: number }

/** The most carnets that leave in one gesture at a screen; more of them leave by a file. */
export const ENVOI_CARNETS_MAX = 10_000
/** The most ranges read one after the other at a screen. */
export const ENVOI_PLAGES_MAX = 500

/** How many carnets these ranges hold, those that overlap counted twice. */
export const countOf = (plages: readonly Plage[]): number =>
  plages.reduce((sum, { premiere, derniere }) => sum + rangeSize(premiere, derniere), 0)

/**
 * The same carnets in the fewest ranges, in the order of their numbers: what is scanned one by one reads as the ranges it makes.
 */
export const joined = (plages: readonly Plage[]): Plage[] => {
  const runs: Plage[] = []
  for (const { premiere, derniere } of plages.toSorted((a, b) => a.premiere - b.premiere)) {
    const last = runs.at(-1)
    if (last && premiere <= last.derniere + 1) last.derniere = Math.max(last.derniere, derniere)
    else runs.push({ premiere, derniere })
  }
  return runs
}

/** For each range, the place in the list of an earlier one that it shares a carnet with; undefined when it shares none. */
export const overlaps = (plages: readonly Plage[]): (number | undefined)[] => {
  const found: (number | undefined)[] = plages.map(() => undefined)
  const order = plages.map((plage, rang) => ({ ...plage, rang })).toSorted((a, b) => a.premiere - b.premiere || a.rang - b.rang)
  let reach: { derniere: number; rang: number } | undefined
  for (const { premiere, derniere, rang } of order) {
    if (reach && premiere <= reach.derniere) found[Math.max(rang, reach.rang)] ??= Math.min(rang, reach.rang)
    if (!reach || derniere > reach.derniere) reach = { derniere, rang }
  }
  return found
}

/** Why these ranges cannot leave together: each a true one, none sharing a carnet with another, not too many at once. */
export const whyNotRanges = (plages: readonly Plage[], max: number = ENVOI_CARNETS_MAX): Refusal | null => {
  const wrong = plages.find(({ premiere, derniere }) => rangeSize(premiere, derniere) === 0)
  if (wrong) return refuse('plage_invalide', 'Le dernier numéro doit suivre le premier, dans la même année.')
  const twice = overlaps(plages).findIndex((other) => other !== undefined)
  if (twice !== -1)
    return refuse('plage_invalide', `Le carnet ${formatSerie(plages[twice]!.premiere)} est dans deux plages. Retirez l’une d’elles.`)
  return countOf(plages) > max
    ? refuse(
        'plage_invalide',
        `Un envoi compte ${max.toLocaleString('fr-FR')} carnets au plus. Faites plusieurs envois, ou utilisez un fichier.`,
      )
    : null
}
