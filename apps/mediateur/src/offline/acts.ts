import { type Acte, PassRefuse as PassRefuseSchema } from '@pass/contracts/ateliers.ts'
import type { RefusalCode } from '@pass/domain/refusal-codes.ts'
import { ApiError, NetworkError } from '@pass/web/errors.ts'

/** A pass as it was read: the 12 symbols tell two of them apart, `envoi` is what the API takes. */
export type PassLu = { code: string; envoi: string }

/** What a request of redeem says, kept word for word: the same key with another body would be refused. */
export type Corps = { pass: string[]; differe?: { appareilId: string; scanneAt: string; ecartSecondes: number | null } }

export type PassRefuse = { rang: number; message: string; suite: string | null; code: RefusalCode | null }
export type Refus = { code: string; message: string; pass: PassRefuse[] }

/**
 * One gesture at the counter: 1 to n pass, used together or not at all. Its key is made at the gesture and never changes. It
 * belongs to a person in an organisation; nobody else ever sees it.
 */
export type ActeGarde = {
  /** Order of the gestures on this device, given by the store. */
  rang?: number
  cle: string
  utilisateurId: string
  organisationId: string
  atelierId: string
  /** « Aide aux démarches administratives, 14 h » : what a list of acts says. */
  titre: string
  pass: PassLu[]
  nombre: number
  /** The gesture by the server's clock, the device's own time of it (ms), and the distance known then between the two. */
  scanneAt: string
  gesteAt: number
  ecartMs: number | null
  /** Absent until the first sending. */
  corps: Corps | null
  /** Somebody is sending it until then (ms): left alone meanwhile, taken again afterwards. */
  baillAt: number
  etat: 'attente' | 'valide' | 'refuse'
  montantCentimes: number | null
  /** Accepted, and looked at by the operator before it is paid. Absent from acts kept by a former version. */
  aExaminer?: boolean
  refus: Refus | null
  /** When its answer came (ms). */
  regleAt: number | null
}

type Geste = Pick<ActeGarde, 'cle' | 'utilisateurId' | 'organisationId' | 'atelierId' | 'titre' | 'pass'> & {
  /** The device's time. */
  at: number
  ecartMs: number | null
}

/** A new gesture, to be kept before anything is sent. */
export const newAct = ({ at, ecartMs, ...geste }: Geste): ActeGarde => ({
  ...geste,
  nombre: geste.pass.length,
  scanneAt: new Date(at + (ecartMs ?? 0)).toISOString(),
  gesteAt: at,
  ecartMs,
  corps: null,
  baillAt: 0,
  etat: 'attente',
  montantCentimes: null,
  refus: null,
  regleAt: null,
})

const YEAR_SECONDS = 31_536_000

/**
 * By how many seconds the device's clock moved against the server's between the gesture and now; null when it had not met the
 * server before the gesture. A clock that is always wrong by as much was corrected, and is no reason for doubt.
 */
export const clockMoved = (ecartMs: number | null, mesureMs: number | null): number | null => {
  if (ecartMs === null || mesureMs === null) return null
  return Math.max(-YEAR_SECONDS, Math.min(YEAR_SECONDS, Math.round((mesureMs - ecartMs) / 1000)))
}

/** What the act sends as one made without network; decided once, then kept. */
export const lateBody = (acte: ActeGarde, { appareilId, ecartMs }: { appareilId: string; ecartMs: number | null }): Corps => ({
  pass: acte.pass.map(({ envoi }) => envoi),
  differe: { appareilId, scanneAt: acte.scanneAt, ecartSecondes: clockMoved(acte.ecartMs, ecartMs) },
})

/** What the act sends when the network seems to be there. */
export const directBody = (acte: ActeGarde): Corps => ({ pass: acte.pass.map(({ envoi }) => envoi) })

// a refusal of the rules says its code and what to do next; a malformed text only its sentence
const Refused = PassRefuseSchema.partial({ code: true, suite: true }).array()

/** The refused pass of an answer, by their place in the request; empty when the refusal is about something else. */
export const refusedPass = (error: unknown): PassRefuse[] => {
  const read = error instanceof ApiError ? Refused.safeParse(error.erreurs) : null
  return (read?.data ?? []).flatMap(({ chemin, message, suite, code }) => {
    const rang = /^pass\.(\d+)$/.exec(chemin)?.[1]
    return rang === undefined ? [] : [{ rang: Number(rang), message, suite: suite ?? null, code: code ?? null }]
  })
}

/**
 * What a failed sending means. `attendre`: nobody knows, or not now; the act stays and the queue stops there, in order.
 * `arreter`: somebody must do something first (sign in, come back to the organisation). `refuse`: the server has decided.
 */
export type Issue =
  | { issue: 'attendre'; reseau: boolean; secondes: number | null }
  | { issue: 'arreter'; motif: 'connexion' | 'organisation' | 'droit'; message: string }
  | { issue: 'refuse'; refus: Refus }

const isAborted = (error: unknown): boolean => error instanceof DOMException && ['AbortError', 'TimeoutError'].includes(error.name)

export const isNetwork = (error: unknown): boolean => error instanceof NetworkError || isAborted(error)

export const issueOf = (error: unknown): Issue => {
  if (!(error instanceof ApiError)) return { issue: 'attendre', reseau: isNetwork(error), secondes: null }
  const { status, code, message } = error
  if (status === 401) return { issue: 'arreter', motif: 'connexion', message }
  if (code === 'organisation_changee') return { issue: 'arreter', motif: 'organisation', message }
  if (status === 403) return { issue: 'arreter', motif: code === 'second_facteur_requis' ? 'connexion' : 'droit', message }
  if (status >= 500 || status === 429 || code === 'en_cours') return { issue: 'attendre', reseau: false, secondes: error.retryAfter }
  return { issue: 'refuse', refus: { code, message, pass: refusedPass(error) } }
}

/** The server took it: what is worth money is forgotten here, the count stays for the list of the day. */
export const accepted = (
  acte: ActeGarde,
  { montantCentimes, aExaminer = false }: Pick<Acte, 'montantCentimes' | 'aExaminer'>,
  at: number,
): ActeGarde => ({
  ...acte,
  pass: [],
  corps: null,
  etat: 'valide',
  montantCentimes,
  aExaminer,
  regleAt: at,
})

export const refusedAct = (acte: ActeGarde, refus: Refus, at: number): ActeGarde => ({ ...acte, etat: 'refuse', refus, regleAt: at })

/** Pass that nothing done later will make good. */
const FINAL: readonly (RefusalCode | null)[] = ['deja_utilise', 'pass_annule', 'carnet_bloque', 'expire', 'code_inconnu', 'code_malforme']
export const isFinal = (code: RefusalCode | null): boolean => FINAL.includes(code)

/** What may be otherwise later: a hand-over or an activation to record, an attendance to tick, a seat to add, a place to mend. */
const LATER: readonly (RefusalCode | null)[] = [
  'pas_remis',
  'pas_actif',
  'presence_manquante',
  'atelier_complet',
  'atelier_non_tenu',
  'service_non_prevu',
  'lieu_non_labellise',
  'lieu_suspendu',
  'lieu_ferme',
  'regie_caduque',
]

const LOST: readonly string[] = ['appareil_revoque', 'code_malforme', 'introuvable']

/** The ranks of a refused act that are worth another try: those that were not refused, and those refused for now. */
const ranksToRetry = ({ pass, refus }: ActeGarde): Set<number> => {
  if (!refus || (refus.pass.length === 0 && LOST.includes(refus.code))) return new Set()
  const reasons = new Map(refus.pass.map(({ rang, code }) => [rang, code]))
  return new Set(pass.flatMap((_, rang) => (!reasons.has(rang) || LATER.includes(reasons.get(rang) ?? null) ? [rang] : [])))
}

export const worthRetrying = (acte: ActeGarde): PassLu[] => {
  const ranks = ranksToRetry(acte)
  return acte.pass.filter((_, rang) => ranks.has(rang))
}

/**
 * A new gesture for those pass: a new key, since the server keeps its refusal under the old one; the time of the scan stays. What is
 * not worth it stays in the refused act, with its reasons; null when nothing is left of it.
 */
export const retryOf = (acte: ActeGarde, cle: string): { next: ActeGarde; reste: ActeGarde | null } => {
  const ranks = ranksToRetry(acte)
  const { rang: _rang, ...rest } = acte
  const pass = acte.pass.filter((_, rang) => ranks.has(rang))
  const next: ActeGarde = { ...rest, cle, pass, nombre: pass.length, corps: null, baillAt: 0, etat: 'attente', refus: null, regleAt: null }
  const left = acte.pass.flatMap((_, rang) => (ranks.has(rang) ? [] : [rang]))
  if (left.length === 0 || !acte.refus) return { next, reste: null }
  const reasons = acte.refus.pass.filter(({ rang }) => !ranks.has(rang)).map((one) => ({ ...one, rang: left.indexOf(one.rang) }))
  const reste = {
    ...acte,
    pass: left.flatMap((rang) => acte.pass[rang] ?? []),
    nombre: left.length,
    refus: { ...acte.refus, pass: reasons },
  }
  return { next, reste }
}

export const waiting = (actes: readonly ActeGarde[]): ActeGarde[] => actes.filter(({ etat }) => etat === 'attente')
export const passOf = (actes: readonly ActeGarde[]): number => actes.reduce((sum, { nombre }) => sum + nombre, 0)

/** Whether this pass is already in a gesture that waits. */
export const holds = (actes: readonly ActeGarde[], code: string): boolean =>
  actes.some(({ etat, pass }) => etat === 'attente' && pass.some((one) => one.code === code))
