import { describeRefusal, REDEMPTION_NEXT_STEP, type RedemptionCode, type RefusalDetails } from './redemptions.ts'
import { parisDay, zonedInstant } from './days.ts'
import { plural } from './money.ts'
import type { RefusalCode } from './refusal-codes.ts'
import { REFUSAL_MESSAGES } from './refusal.ts'

/** An act made without network is sent within this many hours: its own day then counts for the expiry of its pass. */
export const DIFFERE_HEURES = 72
/** A device keeps this many acts; more wait until the network comes back. */
export const DIFFERE_ACTES = 40
/** A clock further than this from the server's is not believed. */
export const HORLOGE_TOLERANCE_SECONDES = 300
/** The slot of an atelier at the counter: from this long before its start… */
export const CRENEAU_AVANT_MINUTES = 60
/** … to this long after its end. */
export const CRENEAU_APRES_MINUTES = 240

const MINUTE_MS = 60_000
const HEURE_MS = 3_600_000

/** An atelier as its place says it: day, start and zone of the place. */
export type Horaire = { date: string; debut: string; dureeMinutes: number; fuseau: string }

/** Start and end of an atelier. */
export const heuresOf = ({ date, debut, dureeMinutes, fuseau }: Horaire): { debut: Date; fin: Date } => {
  const start = zonedInstant(date, debut, fuseau)
  return { debut: start, fin: new Date(start.getTime() + dureeMinutes * MINUTE_MS) }
}

/** True when a pass is used while its atelier is held, or soon before or after: both ends included. */
export const isInCreneau = (horaire: Horaire, at: Date): boolean => {
  const { debut, fin } = heuresOf(horaire)
  return (
    at.getTime() >= debut.getTime() - CRENEAU_AVANT_MINUTES * MINUTE_MS && at.getTime() <= fin.getTime() + CRENEAU_APRES_MINUTES * MINUTE_MS
  )
}

/** When an act was scanned, by its device, and when the server got it. */
export type Scan = { scanneAt: Date; recuAt: Date }

/** The legal day that the expiry of a pass is compared with: that of the scan when it came in time and in the slot, else the server's. */
export const jourDExpiration = (horaire: Horaire, { scanneAt, recuAt }: Scan): string => {
  const age = recuAt.getTime() - scanneAt.getTime()
  return age >= 0 && age <= DIFFERE_HEURES * HEURE_MS && isInCreneau(horaire, scanneAt) ? parisDay(scanneAt) : parisDay(recuAt)
}

/** The device that kept the act: its clock's known distance (null: unknown), since when it is known, whether it is still trusted. */
export type Horloge = { ecartSecondes: number | null; declareAt: Date; revoqueAt: Date | null }

/**
 * True when the time of an act cannot be believed: the clock is far from ours or nobody knows, the act is of the future, or of before
 * the device was known, or the device is trusted no more. The act is accepted, its payment waits for somebody of the operator.
 */
export const isHorlogeDouteuse = ({ scanneAt, recuAt }: Scan, { ecartSecondes, declareAt, revoqueAt }: Horloge): boolean => {
  const slack = HORLOGE_TOLERANCE_SECONDES * 1000
  return (
    revoqueAt !== null ||
    ecartSecondes === null ||
    Math.abs(ecartSecondes) > HORLOGE_TOLERANCE_SECONDES ||
    scanneAt.getTime() > recuAt.getTime() + slack ||
    scanneAt.getTime() < declareAt.getTime() - slack
  )
}

const SUITES: Partial<Record<RefusalCode, string>> = {
  ...REDEMPTION_NEXT_STEP,
  deja_utilise: 'Voir les conflits : le pass avait déjà été accepté ailleurs.',
  appareil_revoque: 'Reprendre ces pass depuis un appareil déclaré, avec la personne ou la liste papier.',
}

const isRedemptionCode = (code: RefusalCode): code is RedemptionCode => code in REDEMPTION_NEXT_STEP

/** What became of an act made without network: what the list says, and what to do next. */
export const describeDiffere = ({
  pass,
  code,
  details,
  aExaminer,
}: {
  pass: number
  code: RefusalCode | null
  details?: RefusalDetails | undefined
  aExaminer: boolean
}): { message: string; suite: string | null } => {
  if (code)
    return { message: isRedemptionCode(code) ? describeRefusal(code, details) : REFUSAL_MESSAGES[code], suite: SUITES[code] ?? null }
  const message = plural(pass, 'pass validé.', 'pass validés.')
  return { message, suite: aExaminer ? 'L’opérateur vérifie l’heure de cet appareil avant le paiement.' : null }
}

/** What each place reads of a pass accepted twice: never where the other one is. */
export const CONFLIT_MESSAGES: Record<'gagnant' | 'perdant', { message: string; suite: string }> = {
  gagnant: {
    message: 'Ce pass a aussi été scanné sans réseau ailleurs, après vous.',
    suite:
      'Rien à faire : votre utilisation est arrivée la première, elle est payée. Si la personne n’est pas venue chez vous, annulez-la.',
  },
  perdant: {
    message: 'Ce pass avait déjà été utilisé quand votre scan est arrivé.',
    suite: 'Il n’est pas payé. Demandez un autre pass à la personne, ou contactez l’opérateur si elle n’est venue que chez vous.',
  },
}
