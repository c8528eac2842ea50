import { RAISONS_NON_PAYE, type RaisonNonPaye } from './bordereaux.ts'
import { addDays } from './days.ts'
import type { Centimes } from './money.ts'
import { nextTransferDay, workingDay } from './virements.ts'

/**
 * Where a used pass stands on its way to the structure's account. A use of a bordereau that the bank rejected follows the bordereau
 * that carries it; `rejetee` while none does.
 */
export const SITUATIONS = ['contestee', 'annulable', 'a_payer', 'rejetee', 'en_bordereau', 'transmise', 'payee'] as const
export type Situation = (typeof SITUATIONS)[number]
export const SITUATION_LABELS: Record<Situation, string> = {
  contestee: 'À examiner',
  annulable: 'Encore annulable',
  a_payer: 'À payer',
  rejetee: 'Virement rejeté',
  en_bordereau: 'Dans un bordereau',
  transmise: 'Transmise à la banque',
  payee: 'Payée',
}

/** State of the account of a structure: the one accepted, else the one asked for, else the one that the bank refused. */
export const COMPTE_ETATS = ['aucun', 'en_verification', 'accepte', 'rejete'] as const
export type CompteEtat = (typeof COMPTE_ETATS)[number]

/** What is the same for every use of a structure. */
export type StructureFacts = { compte: CompteEtat; suspendue: boolean }

/** What is known of one use, or of uses that share it all. */
export type UseFacts = {
  situation: Situation
  /** The month of the use while it waits, of its bordereau once it is in one. */
  mois: string
  /** Its bordereau is a weekly one, closed that day. */
  arreteLe: string | null
  semaine: number | null
  /** The day its file left for the bank. */
  transmisLe: string | null
}

/** Exactly one of the two for what is unpaid; neither once it is paid (its own date is known then). */
export type Attente = { raison: RaisonNonPaye | null; date: string | null }

/** A reason in two or three words, for a list or a filter; its sentence says what to do (`RAISON_NON_PAYE_LABELS`). */
export const RAISON_COURTES: Record<RaisonNonPaye, string> = {
  lieu_suspendu: 'Label suspendu',
  compte_absent: 'Aucun compte accepté',
  iban_en_verification: 'Compte en vérification',
  virement_rejete: 'Virement rejeté',
  ligne_contestee: 'Ligne à examiner',
  delai_annulation: 'Encore annulable',
  prochain_bordereau: 'Prochain bordereau',
}

/** Days from the closing of a week to its transfer, and from the bank's file to the account. */
const HEBDO_JOURS = 5
const BANQUE_JOURS = 1

const notBefore = (day: string, today: string): string => workingDay(day < today ? today : day)

const raisonOf = (situation: Situation, { compte, suspendue }: StructureFacts): RaisonNonPaye | null => {
  if (situation === 'contestee') return 'ligne_contestee'
  // already on its way: a later suspension takes nothing back (good-faith uses stay paid)
  if (situation === 'en_bordereau' || situation === 'transmise' || situation === 'payee') return null
  if (compte === 'rejete') return 'virement_rejete'
  if (compte === 'aucun') return 'compte_absent'
  if (compte === 'en_verification') return 'iban_en_verification'
  if (suspendue) return 'lieu_suspendu'
  return situation === 'annulable' ? 'delai_annulation' : null
}

const dateOf = ({ situation, mois, semaine, arreteLe, transmisLe }: UseFacts, today: string): string => {
  if (situation === 'transmise' && transmisLe) return notBefore(addDays(transmisLe, BANQUE_JOURS), today)
  if (situation === 'en_bordereau' && semaine !== null && arreteLe) return notBefore(addDays(arreteLe, HEBDO_JOURS), today)
  return nextTransferDay(mois, today)
}

/** Why a used pass is not paid, or when it will be: exactly one of them, whatever the facts (domain.md section 3, Reimbursement). */
export const attenteOf = (use: UseFacts, structure: StructureFacts, today: string): Attente => {
  if (use.situation === 'payee') return { raison: null, date: null }
  const raison = raisonOf(use.situation, structure)
  return raison === null ? { raison: null, date: dateOf(use, today) } : { raison, date: null }
}

/** The situations whose uses all show this reason at this structure; `null`: those that show a date. */
export const situationsOf = (raison: RaisonNonPaye | null, structure: StructureFacts): Situation[] =>
  SITUATIONS.filter((situation) => situation !== 'payee' && raisonOf(situation, structure) === raison)

export type Groupe = Attente & { pass: number; montantCentimes: Centimes }

const add = (groupes: Map<string, Groupe>, groupe: Groupe) => {
  const key = groupe.raison ?? groupe.date ?? ''
  const known = groupes.get(key)
  groupes.set(
    key,
    known ? { ...known, pass: known.pass + groupe.pass, montantCentimes: known.montantCentimes + groupe.montantCentimes } : groupe,
  )
}

const rankOf = (raison: RaisonNonPaye | null) => (raison === null ? -1 : RAISONS_NON_PAYE.indexOf(raison))

/** What waits, added up: the dates first, the nearest first, then the reasons, the most blocking first. */
export const groupsOf = (groupes: readonly Groupe[]): Groupe[] => {
  const byKey = new Map<string, Groupe>()
  for (const groupe of groupes) add(byKey, groupe)
  return [...byKey.values()].toSorted((a, b) => rankOf(a.raison) - rankOf(b.raison) || (a.date ?? '').localeCompare(b.date ?? ''))
}

/** The next transfer: its day, and all that leaves that day. Null when nothing has a date. */
export const nextTransferOf = (groupes: readonly Groupe[]): { date: string; pass: number; montantCentimes: Centimes } | null => {
  const next = groupsOf(groupes).find(({ date, montantCentimes }) => date !== null && montantCentimes > 0)
  return next?.date ? { date: next.date, pass: next.pass, montantCentimes: next.montantCentimes } : null
}
