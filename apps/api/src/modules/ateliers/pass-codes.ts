import { ANCIEN, foreignTextOf, parseForeignCode } from '@pass/domain/codes-anciens.ts'
import { parseCode } from '@pass/domain/codes.ts'
import { type Fault, refuse } from '@pass/domain/refusal.ts'
import { lookupOf, readQr } from '../../platform/codes.ts'
import { Refused } from '../../platform/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'

/** The pass of a call, rank by rank: what the QR says, or nulls and the keyed hash when the code was typed. */
export type PassAsked = { collectivites: (string | null)[]; pass: (string | null)[]; lookups: Buffer[] }

/** Nothing typed is that long, dashes and spaces included: it was scanned. */
const TYPED_MAX = 40
const NOT_OURS = 'Ce QR code n’est pas celui d’un pass, ou il est abîmé. Tapez les 12 caractères imprimés à côté.'

type Read = { collectiviteId: string | null; passId: string | null; code: string }

/** A pass of a former operator, taken over: known by the keyed hash of its own code, whatever its form. */
const readForeign = (text: string): Read | string => {
  const read = parseForeignCode(text)
  return read.ok ? { collectiviteId: null, passId: null, code: ANCIEN + read.code } : read.refusal.message
}

const readOne = (secrets: Secrets, text: string): Read | string => {
  const foreign = foreignTextOf(text)
  if (foreign !== null) return readForeign(foreign)
  if (text.length > TYPED_MAX) {
    const qr = readQr(secrets, text)
    return qr ? { collectiviteId: qr.collectiviteId, passId: String(qr.passId), code: qr.code } : NOT_OURS
  }
  const typed = parseCode(text)
  return typed.ok ? { collectiviteId: null, passId: null, code: typed.code } : typed.refusal.message
}

const refuseForm = (code: 'code_malforme' | 'doublon_dans_la_demande', erreurs: Fault[]) =>
  new Refused(refuse(code, erreurs[0]!.message, erreurs), 400)

/**
 * Reads scanned or typed pass. @throws 400 `code_malforme` for texts that cannot be a pass (never counted as guesses), 400
 * `doublon_dans_la_demande` when the same pass comes twice, scanned or typed.
 */
export const readPass = (secrets: Secrets, texts: readonly string[]): PassAsked => {
  const read = texts.map((text) => readOne(secrets, text))
  const chemin = (rang: number) => `pass.${rang}`
  const malformed = read.flatMap((one, rang) => (typeof one === 'string' ? [{ chemin: chemin(rang), message: one }] : []))
  if (malformed.length > 0) throw refuseForm('code_malforme', malformed)
  const asked = read as Read[]
  const seen = new Set<string>()
  const twice = asked.flatMap(({ code }, rang) => {
    if (!seen.has(code)) return (seen.add(code), [])
    return [{ chemin: chemin(rang), message: refuse('doublon_dans_la_demande').message }]
  })
  if (twice.length > 0) throw refuseForm('doublon_dans_la_demande', twice)
  return {
    collectivites: asked.map(({ collectiviteId }) => collectiviteId),
    pass: asked.map(({ passId }) => passId),
    lookups: asked.map(({ code }) => lookupOf(secrets, code)),
  }
}
