import { formatNumber } from './money.ts'
import { formatSerie, parseSerie, rangeSize } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A range of serials, both ends included. */
export type Plage = { premiere: number; derniere: number }
/** The two ends as typed or scanned; the same number twice is one carnet. */
export type PlageSaisie = { premier: string; dernier: string }

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

type Refused = { ok: false; refusal: Refusal }
const WRONG_ORDER = 'Le dernier numéro doit suivre le premier, dans la même année.'

const fault = (rang: number, champ: keyof PlageSaisie, { code, message }: Refusal): Refused => ({
  ok: false,
  refusal: refuse(code, message, [{ chemin: `plages.${rang}.${champ}`, message }]),
})

/** Reads ranges as typed, each in its place, or the refusal that names the field in fault. */
export const parsePlages = (saisies: readonly PlageSaisie[]): { ok: true; plages: Plage[] } | Refused => {
  const plages: Plage[] = []
  for (const [rang, { premier, dernier }] of saisies.entries()) {
    const [first, last] = [parseSerie(premier), parseSerie(dernier)]
    if (!first.ok) return fault(rang, 'premier', first.refusal)
    if (!last.ok) return fault(rang, 'dernier', last.refusal)
    if (rangeSize(first.serie, last.serie) === 0) return fault(rang, 'dernier', refuse('plage_invalide', WRONG_ORDER))
    plages.push({ premiere: first.serie, derniere: last.serie })
  }
  return { ok: true, plages }
}

/** The same carnets, each once: sorted, joined and counted, or why one gesture does not take so many. */
export const readPlages = (saisies: readonly PlageSaisie[], max: number): { ok: true; plages: Plage[]; carnets: number } | Refused => {
  const read = parsePlages(saisies)
  if (!read.ok) return read
  const plages = joined(read.plages)
  const carnets = countOf(plages)
  if (carnets <= max) return { ok: true, plages, carnets }
  const message = `${formatNumber(carnets)} carnets : ${formatNumber(max)} au plus en une fois. Faites plusieurs plages.`
  return { ok: false, refusal: refuse('plage_invalide', message) }
}

/** Ranges as people read and type them. */
export const writePlages = (plages: readonly Plage[]): PlageSaisie[] =>
  plages.map(({ premiere, derniere }) => ({ premier: formatSerie(premiere), dernier: formatSerie(derniere) }))

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
  if (wrong) return refuse('plage_invalide', WRONG_ORDER)
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
