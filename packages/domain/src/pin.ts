import { type Refusal, refuse } from './refusal.ts'

/** Figures of a PIN, and wrong tries after which the person signs in whole again. */
export const PIN_CHIFFRES = 6
export const PIN_ESSAIS = 5
/** Hours during which a PIN is enough on a desk, after a whole sign-in there. */
export const PIN_HEURES = 12

/** What fingers type without thinking: columns and corners of a keypad, tens, well-known numbers. */
const KNOWN: ReadonlySet<string> = new Set([
  '102030',
  '112358',
  '123654',
  '135790',
  '142536',
  '147258',
  '147852',
  '159357',
  '159753',
  '246810',
  '258369',
  '258147',
  '271828',
  '314159',
  '321654',
  '357159',
  '369258',
  '456123',
  '741852',
  '753159',
  '789456',
  '852963',
])

const digitsOf = (pin: string): number[] => [...pin].map(Number)

/** 234567, 890123, 987654: each figure follows the one before, round the clock. */
const isRun = (pin: string): boolean => {
  const digits = digitsOf(pin)
  const steps = new Set(digits.slice(1).map((digit, i) => (digit - digits[i]! + 10) % 10))
  return steps.size === 1 && (steps.has(1) || steps.has(9))
}

/** 111111, 121212, 112211, 123123, 112233, 123321: two figures alone, a half twice, three pairs, a mirror. */
const isRepeated = (pin: string): boolean => {
  const [a, b, c, d, e, f] = pin
  return new Set(pin).size <= 2 || pin.slice(0, 3) === pin.slice(3) || (a === b && c === d && e === f) || (a === f && b === e && c === d)
}

const isBetween = (text: string, min: number, max: number) => Number(text) >= min && Number(text) <= max

/** 140789 (14 July 1989), 071989 or 198907: a birthday, an anniversary. */
const isDate = (pin: string): boolean => {
  const isDay = isBetween(pin.slice(0, 2), 1, 31) && isBetween(pin.slice(2, 4), 1, 12)
  const isMonthYear = isBetween(pin.slice(0, 2), 1, 12) && isBetween(pin.slice(2), 1920, 2039)
  const isYearMonth = isBetween(pin.slice(0, 4), 1920, 2039) && isBetween(pin.slice(4), 1, 12)
  return isDay || isMonthYear || isYearMonth
}

/** Why a PIN is guessed in a few tries, or null. Colleagues stand beside: the obvious ones are theirs to try first. */
export const whyNotPin = (pin: string): Refusal | null =>
  KNOWN.has(pin) || isRun(pin) || isRepeated(pin) || isDate(pin) ? refuse('pin_faible') : null
