import { CODE_LENGTH } from './codes.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What the code of a pass of a former operator begins with on the wire: said, never guessed, so that a code of ours badly typed stays badly typed. */
export const ANCIEN = 'ancien:'

const LENGTH = { min: 6, max: 24 } as const

const malformed = (message: string): { ok: false; refusal: Refusal } => ({ ok: false, refusal: refuse('code_malforme', message) })

/**
 * The code of a pass of a former operator, whatever its form: letters and figures, upper case, without spaces nor signs between
 * them. Twelve characters are the form of our own codes: never taken for another's.
 */
export const parseForeignCode = (text: string): { ok: true; code: string } | { ok: false; refusal: Refusal } => {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._/]/gu, '')
  if (code === '') return malformed('Saisissez le code imprimé sur le pass de l’ancien opérateur.')
  const stranger = [...code].find((symbol) => !/^[0-9A-Z]$/.test(symbol))
  if (stranger) return malformed(`Le caractère « ${stranger} » n’est ni une lettre ni un chiffre.`)
  if (code.length < LENGTH.min || code.length > LENGTH.max)
    return malformed(`Un code d’ancien opérateur compte de ${LENGTH.min} à ${LENGTH.max} lettres et chiffres.`)
  if (code.length === CODE_LENGTH) return malformed(`${CODE_LENGTH} caractères : c’est la forme de nos propres pass. Relisez le code.`)
  return { ok: true, code }
}

/** The code of a former operator in a text of a call, or null when the text does not say that it is one. */
export const foreignTextOf = (text: string): string | null => (text.startsWith(ANCIEN) ? text.slice(ANCIEN.length) : null)
