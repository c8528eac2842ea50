import { electronicFormatIBAN, isValidIBAN } from 'ibantools'
import { refuse, type Refusal } from './refusal.ts'

/** The IBAN without spaces, upper case, as stored. */
export const bareIban = (text: string): string => electronicFormatIBAN(text) ?? ''

/** True for an IBAN whose country, length and key are right; spaces and dashes allowed. */
export const isIban = (text: string): boolean => isValidIBAN(bareIban(text))

/** Grouped by four with non-breaking spaces, as people read it. */
export const formatIban = (text: string): string => bareIban(text).replace(/(.{4})(?=.)/g, '$1 ')

/** What screens show: country and key, then the last four (`FR14 •••• •••• 2606`). */
export const maskIban = (text: string): string => {
  const iban = bareIban(text)
  return `${iban.slice(0, 4)} •••• •••• ${iban.slice(-4)}`
}

/** Why this IBAN cannot be recorded. A 400. */
export const whyNotIban = (text: string): Refusal | null => {
  if (isIban(text)) return null
  const refusal = refuse('iban_invalide')
  return { ...refusal, erreurs: [{ chemin: 'iban', message: refusal.message }] }
}
