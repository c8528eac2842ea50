import { refuse, type Refusal } from './refusal.ts'

/** The 32 symbols of a pass code: no I, L, O (read as 1 and 0) and no U. A symbol's rank is its value, an element of GF(32). */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export const CODE_LENGTH = 12
const BODY_LENGTH = 11
const BODY_BITS = 55n
const CODE_EXAMPLE = 'K7M2-QX9T-B4RS'

/** GF(32) by x⁵+x²+1: powers of the generator 2, and their logarithms. */
const POWERS: number[] = []
const LOGS: number[] = []
for (let power = 0, value = 1; power < 31; power++) {
  POWERS[power] = value
  LOGS[value] = power
  value <<= 1
  if (value & 32) value ^= 0b100101
}

/**
 * The check symbol of a run of symbols: Σ dᵢ·2^(i+first) in GF(32), exponents modulo 31 (reliability.md section 4). It catches
 * every single error, swap, jump and twin error within 31 symbols. Symbols outside the alphabet throw.
 */
export const checkSymbol = (symbols: string, first = 1): string => {
  let check = 0
  for (let i = 0; i < symbols.length; i++) {
    const value = ALPHABET.indexOf(symbols[i]!)
    if (value < 0) throw new RangeError(`not a symbol: ${symbols[i]}`)
    if (value > 0) check ^= POWERS[(LOGS[value]! + i + first) % 31]!
  }
  return ALPHABET[check]!
}

/** `K7M2QX9TB4RS` → `K7M2-QX9T-B4RS`, as printed. The code of a former operator is left as it is. */
export const formatCode = (code: string): string => (code.length === CODE_LENGTH ? code.replace(/(.{4})(?=.)/g, '$1-') : code)

/** What was typed, as symbols: upper case, spaces and dashes dropped, O read as 0, I and L as 1. */
export const normaliseSymbols = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')

/** How far a typed number is from its length, in words, or null when the length is right. */
export const lengthFault = (length: number, expected: number): string | null => {
  const gap = Math.abs(expected - length)
  if (gap === 0) return null
  if (length < expected) return gap === 1 ? 'Il manque un caractère.' : `Il manque ${gap} caractères.`
  return gap === 1 ? 'Il y a un caractère de trop.' : `Il y a ${gap} caractères de trop.`
}

const malformed = (reason: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: refuse('code_malforme', `${reason} Exemple : ${CODE_EXAMPLE}.`),
})

/** A typed pass code: its 12 symbols, or the refusal `code_malforme` saying what is wrong, before any request. */
export const parseCode = (text: string): { ok: true; code: string } | { ok: false; refusal: Refusal } => {
  const code = normaliseSymbols(text)
  if (code === '') return malformed('Saisissez les 12 caractères du pass.')
  const stranger = [...code].find((symbol) => !ALPHABET.includes(symbol))
  if (stranger) return malformed(`Le caractère « ${stranger} » n’est jamais utilisé dans un numéro de pass.`)
  const fault = lengthFault(code.length, CODE_LENGTH)
  if (fault) return malformed(`${code.length < CODE_LENGTH ? 'Numéro incomplet' : 'Numéro trop long'}. ${fault}`)
  if (checkSymbol(code.slice(0, BODY_LENGTH)) !== code[BODY_LENGTH])
    return malformed('Un caractère est faux, ou deux sont inversés. Relisez le numéro.')
  return { ok: true, code }
}

/** The 11 symbols of the first 55 bits of some bytes (7 or more), most significant first. The check symbol is not in them. */
export const encode55 = (bytes: Uint8Array): string => {
  if (bytes.length < 7) throw new RangeError('encode55 takes 7 bytes or more')
  // five bits at a time rather than one bigint: a million codes are derived at each large production
  let symbols = ''
  for (let i = 0, held = 0, count = 0; symbols.length < BODY_LENGTH; i++) {
    held = ((held << 8) | bytes[i]!) & 0xfff
    for (count += 8; count >= 5 && symbols.length < BODY_LENGTH;) symbols += ALPHABET[(held >> (count -= 5)) & 31]!
  }
  return symbols
}

/** The 55 bits of 11 symbols as 7 bytes, last bit 0: the inverse of `encode55`, for the QR payload. */
export const decode55 = (symbols: string): Uint8Array => {
  if (symbols.length !== BODY_LENGTH) throw new RangeError('decode55 takes 11 symbols')
  let bits = 0n
  for (const symbol of symbols) {
    const value = ALPHABET.indexOf(symbol)
    if (value < 0) throw new RangeError(`not a symbol: ${symbol}`)
    bits = (bits << 5n) | BigInt(value)
  }
  bits <<= 56n - BODY_BITS
  const bytes = new Uint8Array(7)
  for (let i = 6; i >= 0; i--, bits >>= 8n) bytes[i] = Number(bits & 255n)
  return bytes
}

/** The 12 symbols of a pass from 7 or more derived bytes. */
export const codeOf = (bytes: Uint8Array): string => {
  const body = encode55(bytes)
  return body + checkSymbol(body)
}
