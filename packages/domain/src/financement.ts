import type { FinanceurNature } from './conventions.ts'
import { formatMonth } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { type Centimes, shareOut } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** The stable key of a financeur of a convention, whatever the avenant: its organisation, else its nature and name. */
export const financeurCle = ({ financeurId, nature, nom }: { financeurId: string | null; nature: string; nom: string }): string =>
  financeurId ?? `${nature}:${nom.toLowerCase()}`

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** The organisation that a key of financeur names; null for the State and for a payer without an account here. */
export const financeurOfCle = (cle: string): string | null => (UUID.test(cle) ? cle : null)

/** A financeur when a batch is split: its key, its cap and what its cap was already charged. */
export type FinanceurToCharge = {
  nature: FinanceurNature
  cleBp: number
  plafondCentimes: Centimes | null
  /** Charged so far by the key, derogations left out: they do not count for a cap. */
  dejaCentimes: Centimes
  estRepli: boolean
}
/** What one financeur takes of a batch; `derogationCentimes` is the part of it that is outside the key. */
export type Part = { montantCentimes: Centimes; derogationCentimes: Centimes }

const isAmount = (centimes: number) => Number.isSafeInteger(centimes) && centimes >= 0

const indexOf = <T>(rows: readonly T[], test: (row: T) => boolean): number | null => {
  const rank = rows.findIndex(test)
  return rank === -1 ? null : rank
}

/** Who takes what the caps refuse: the fallback of the convention; failing one, a collectivité without a cap, or any financeur without one. */
const repliOf = (financeurs: readonly FinanceurToCharge[]): number | null =>
  indexOf(financeurs, ({ estRepli }) => estRepli) ??
  indexOf(financeurs, ({ nature, plafondCentimes }) => nature === 'collectivite' && plafondCentimes === null) ??
  indexOf(financeurs, ({ plafondCentimes }) => plafondCentimes === null)

const roomOf = ({ plafondCentimes, dejaCentimes }: FinanceurToCharge): Centimes =>
  plafondCentimes === null ? Number.MAX_SAFE_INTEGER : Math.max(0, plafondCentimes - dejaCentimes)

/**
 * Splits the used pass of one closing and convention (domain.md section 3, circuit 2): by the key with the largest remainder over
 * the whole batch, each part held under its cap, what the caps refuse to the fallback. `derogationCentimes` (carnets handed over
 * after the distribution stop) go wholly to the collectivité, outside key and caps. The parts add up to the two amounts, to the centime.
 * @throws RangeError when an amount is not a non-negative integer, when nobody may take what a cap refuses, or when no collectivité is there to take a derogation.
 */
export const splitCharge = (
  { montantCentimes, derogationCentimes }: { montantCentimes: Centimes; derogationCentimes: Centimes },
  financeurs: readonly FinanceurToCharge[],
): Part[] => {
  if (!isAmount(montantCentimes) || !isAmount(derogationCentimes)) throw new RangeError('splitCharge takes non-negative integer centimes')
  const keyed = shareOut(
    montantCentimes,
    financeurs.map(({ cleBp }) => cleBp),
  )
  const held = keyed.map((part, rank) => Math.min(part, roomOf(financeurs[rank]!)))
  const refused = montantCentimes - held.reduce((sum, part) => sum + part, 0)
  const repli = repliOf(financeurs)
  if (refused > 0 && repli === null) throw new RangeError('nobody takes what the caps refuse')
  const collectivite = indexOf(financeurs, ({ nature }) => nature === 'collectivite')
  if (derogationCentimes > 0 && collectivite === null) throw new RangeError('no collectivité takes the derogation')
  return held.map((part, rank) => {
    const derogation = rank === collectivite ? derogationCentimes : 0
    return { montantCentimes: part + (rank === repli ? refused : 0) + derogation, derogationCentimes: derogation }
  })
}

/** A call for funds: prepared, sent to the financeur, then received or refused. Refused, its parts may be called again. */
export const APPEL_STATUTS = ['brouillon', 'appele', 'recu', 'refuse'] as const
export type AppelStatut = (typeof APPEL_STATUTS)[number]
export const APPEL_LABELS: Record<AppelStatut, string> = { brouillon: 'Brouillon', appele: 'Appelé', recu: 'Reçu', refuse: 'Refusé' }

/** domain.md section 3, circuit 2. */
export const appelMachine = {
  send: { from: ['brouillon'], to: 'appele' },
  receive: { from: ['appele'], to: 'recu' },
  refuse: { from: ['appele'], to: 'refuse' },
} as const satisfies Machine<AppelStatut>
export type AppelAction = keyof typeof appelMachine

const ACTION_NAMES: Record<AppelAction, string> = { send: 'envoi', receive: 'encaissement', refuse: 'refus' }

/** Why this action cannot start from this statut. */
export const whyNotAppel = (action: AppelAction, statut: AppelStatut): Refusal | null =>
  allows(appelMachine, action, statut)
    ? null
    : refuse('appel_statut', `Appel « ${APPEL_LABELS[statut]} » : ${ACTION_NAMES[action]} impossible.`)

/** Why the receipt is refused: the bank’s day is neither to come nor before the call was sent. */
export const whyNotReceive = ({ dateReception }: { dateReception: string }, appeleLe: string, today: string): Refusal | null => {
  const invalid = (message: string) => refuse('appel_date', message, [{ chemin: 'dateReception', message }])
  if (dateReception > today) return invalid('La date de réception ne peut pas être à venir.')
  return dateReception < appeleLe ? invalid('La date de réception ne peut pas précéder l’envoi de l’appel.') : null
}

/**
 * What a call asks for: the financeur’s part of the used pass, less what is left of its advances (acceptance E11). An advance larger
 * than the part is deducted up to the part, the rest from the next call.
 */
export const netAppel = (
  partCentimes: Centimes,
  avanceRestanteCentimes: Centimes,
): { partCentimes: Centimes; avanceCentimes: Centimes; montantCentimes: Centimes } => {
  const avanceCentimes = Math.max(0, Math.min(partCentimes, avanceRestanteCentimes))
  return { partCentimes, avanceCentimes, montantCentimes: partCentimes - avanceCentimes }
}

/** What the document of a call is named, after who pays (domain.md section 3). */
export const APPEL_TITLES: Record<FinanceurNature, string> = {
  etat: 'Appel de fonds à l’État',
  collectivite: 'Mandatement de la part de la collectivité',
  fse: 'État des dépenses du Fonds social européen',
  prive: 'Appel de fonds',
}

/** The printed number of a call: `appelNumero(2026, 4)` → `AF26-0004`. */
export const appelNumero = (annee: number, rang: number): string => `AF${String(annee).slice(2)}-${String(rang).padStart(4, '0')}`

/** `mars 2026`, `janvier 2026 à mars 2026`. */
export const periodeLabel = ({ debut, fin }: { debut: string; fin: string }): string =>
  debut === fin ? formatMonth(debut) : `${formatMonth(debut)} à ${formatMonth(fin)}`
