import { checkSymbol, lengthFault } from './codes.ts'
import { refuse, type Refusal } from './refusal.ts'

const PER_YEAR = 10_000_000
const EXAMPLE = 'PN 26-0001234-K'

/**
 * The check character of a serial uses the field of the pass codes (codes.ts), its exponents starting at 22 instead of 1: the
 * properties are the same, the guides' own example (PN 26-0001234-K) comes out true, and a serial is never the head of a code.
 */
const FIRST_EXPONENT = 22

/** The serial number of a carnet: two digits of year, seven of rank, as one integer (`26`, `1234` → `260001234`). */
export const serieOf = (annee: number, rang: number): number => (annee % 100) * PER_YEAR + rang

/** True for an integer that can be a serial: rank 1 to 9 999 999 of a year. */
export const isSerie = (serie: number): boolean => Number.isInteger(serie) && serie > 0 && serie < 100 * PER_YEAR && serie % PER_YEAR > 0

/** `260001234` → `PN 26-0001234-K`, as printed on the cover. The space is non-breaking. */
export const formatSerie = (serie: number): string => {
  if (!isSerie(serie)) throw new RangeError(`not a serial: ${serie}`)
  const digits = String(serie).padStart(9, '0')
  return `PN ${digits.slice(0, 2)}-${digits.slice(2)}-${checkSymbol(digits, FIRST_EXPONENT)}`
}

const malformed = (reason: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: refuse('numero_malforme', `${reason} Exemple : ${EXAMPLE}.`),
})

/**
 * A serial as typed or scanned: spaces, dashes, case and the letters PN do not matter, O reads 0, I and L read 1.
 * Answers the number, or the refusal `numero_malforme` saying what is missing.
 */
export const parseSerie = (text: string): { ok: true; serie: number } | { ok: false; refusal: Refusal } => {
  const typed = text.toUpperCase().replace(/[\s\p{Pd}.]/gu, '')
  if (typed === '') return malformed('Saisissez le numéro du carnet.')
  const symbols = typed.replace(/^PN/, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const stranger = [...symbols].find((symbol) => !/^[0-9A-Z]$/.test(symbol))
  if (stranger) return malformed(`Le caractère « ${stranger} » n’est jamais utilisé dans un numéro de carnet.`)
  const fault = lengthFault(symbols.length, 10)
  if (fault) return malformed(fault)
  const digits = symbols.slice(0, 9)
  const letter = [...digits].find((symbol) => symbol < '0' || symbol > '9')
  if (letter) return malformed(`Le caractère « ${letter} » n’est pas à sa place : seul le dernier peut être une lettre.`)
  if (!isSerie(Number(digits)) || checkSymbol(digits, FIRST_EXPONENT) !== symbols[9])
    return malformed('Un caractère est faux, ou deux sont inversés. Relisez le numéro.')
  return { ok: true, serie: Number(digits) }
}

/** A range of serials for people: `PN 26-0000001-X à PN 26-0000100-Y`, or the single one. */
export const formatRange = (premiere: number, derniere: number): string =>
  premiere === derniere ? formatSerie(premiere) : `${formatSerie(premiere)} à ${formatSerie(derniere)}`

/** How many carnets a range holds, 0 when it is not one (wrong order, two years, not serials). */
export const rangeSize = (premiere: number, derniere: number): number =>
  isSerie(premiere) && isSerie(derniere) && premiere <= derniere && Math.floor(premiere / PER_YEAR) === Math.floor(derniere / PER_YEAR)
    ? derniere - premiere + 1
    : 0

/** A yearly number without gap: `formatReference('', 2026, 42)` → `2026-0042`, `formatReference('B', 2026, 117)` → `B26-0117`. */
export const formatReference = (prefix: string, annee: number, n: number): string =>
  `${prefix}${prefix === '' ? annee : String(annee % 100).padStart(2, '0')}-${String(n).padStart(4, '0')}`
