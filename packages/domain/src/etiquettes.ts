import { checkSymbol } from './codes.ts'
import type { Plage } from './plages.ts'
import { formatSerie, rangeSize } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What a label is stuck on: a carton, or a bundle (paquet) of its carnets. */
export const ETIQUETTE_NATURES = ['carton', 'paquet'] as const
export type EtiquetteNature = (typeof ETIQUETTE_NATURES)[number]

const LETTERS: Record<EtiquetteNature, string> = { carton: 'C', paquet: 'P' }
const NATURES: Record<string, EtiquetteNature> = { C: 'carton', P: 'paquet' }
const EXAMPLE = 'C 26-0010001-000500-3'
/** Other exponents than those of a serial and of a code: a label is never read as one of them. */
const FIRST_EXPONENT = 9
const LABEL = /^([CP])(\d{9})(\d{6})([0-9A-Z])$/

export type Etiquette = Plage & { nature: EtiquetteNature }

const bodyOf = ({ nature, premiere, derniere }: Etiquette): string =>
  LETTERS[nature] + String(premiere).padStart(9, '0') + String(derniere - premiere + 1).padStart(6, '0')

/**
 * The number of a label, which says its range by itself: `C 26-0010001-000500-K` is the carton of the 500 carnets from
 * PN 26-0010001. Whoever scans it knows what is inside, without asking anybody. @throws RangeError when it is no range.
 */
export const formatEtiquette = (etiquette: Etiquette): string => {
  if (rangeSize(etiquette.premiere, etiquette.derniere) === 0) throw new RangeError('a label is stuck on a range')
  const body = bodyOf(etiquette)
  return `${body[0]} ${body.slice(1, 3)}-${body.slice(3, 10)}-${body.slice(10)}-${checkSymbol(body, FIRST_EXPONENT)}`
}

const compact = (text: string): string => text.toUpperCase().replace(/[\s\p{Pd}.]/gu, '')

/** True for what begins as the number of a label does, right or wrong: a serial begins with PN or a figure. */
export const isLikeEtiquette = (text: string): boolean => /^[CP]\d/.test(compact(text))

const malformed = (reason: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: refuse('numero_malforme', `${reason} Exemple : ${EXAMPLE}.`),
})

/** The number of a label as typed or scanned: its range, or the refusal `numero_malforme`. */
export const parseEtiquette = (text: string): { ok: true; etiquette: Etiquette } | { ok: false; refusal: Refusal } => {
  const typed = compact(text)
  const [, letter, first, count, check] = LABEL.exec(typed) ?? []
  if (!letter || !first || !count) return malformed('Ce numéro d’étiquette n’est pas complet.')
  const premiere = Number(first)
  const etiquette = { nature: NATURES[letter]!, premiere, derniere: premiere + Number(count) - 1 }
  if (rangeSize(premiere, etiquette.derniere) === 0 || checkSymbol(bodyOf(etiquette), FIRST_EXPONENT) !== check)
    return malformed('Un caractère est faux, ou deux sont inversés. Relisez l’étiquette.')
  return { ok: true, etiquette }
}

/** What a label is, for people: `carton de 500 carnets, à partir de PN 26-0010001-K`. */
export const describeEtiquette = ({ nature, premiere, derniere }: Etiquette): string =>
  `${nature} de ${derniere - premiere + 1}, à partir de ${formatSerie(premiere)}`
