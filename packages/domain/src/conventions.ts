import { allows, type Machine } from './machine.ts'
import { euros, percent } from './money.ts'
import type { OrganisationType } from './organisations.ts'
import { refuse, type Refusal } from './refusal.ts'

export const CONVENTION_STATUTS = ['brouillon', 'signee', 'active', 'en_bilan', 'soldee', 'close', 'resiliee'] as const
export type ConventionStatut = (typeof CONVENTION_STATUTS)[number]

export const CONVENTION_LABELS: Record<ConventionStatut, string> = {
  brouillon: 'Brouillon',
  signee: 'Signée',
  active: 'Active',
  en_bilan: 'En bilan',
  soldee: 'Soldée',
  close: 'Close',
  resiliee: 'Résiliée',
}

/** domain.md section 3. `sign` is the last signature missing; `report` opens the yearly account, `settle` ends it. */
export const conventionMachine = {
  sign: { from: ['brouillon'], to: 'signee' },
  open: { from: ['signee'], to: 'active' },
  report: { from: ['active'], to: 'en_bilan' },
  settle: { from: ['en_bilan'], to: 'soldee' },
  close: { from: ['soldee'], to: 'close' },
  terminate: { from: ['signee', 'active'], to: 'resiliee' },
} as const satisfies Machine<ConventionStatut>
export type ConventionAction = keyof typeof conventionMachine

/** What the hand-over asks the person: nothing, the minimum, or the entry form of the European fund. */
export const IDENTITE_MODES = ['anonyme', 'minimale', 'fse'] as const
export type IdentiteMode = (typeof IDENTITE_MODES)[number]
export const IDENTITE_MODE_LABELS: Record<IdentiteMode, string> = {
  anonyme: 'Remise anonyme',
  minimale: 'Identité minimale',
  fse: 'Questionnaire du Fonds social européen',
}

/** The printed number of a convention: `conventionReference(2026, 4)` → `C-2026-004`. */
export const conventionReference = (annee: number, n: number): string => `C-${annee}-${String(n).padStart(3, '0')}`

/** Lieux that may accept the pass: every labelled one, or the convention's own list. */
export const LIEUX_ADMIS = ['tous', 'liste'] as const
export type LieuxAdmis = (typeof LIEUX_ADMIS)[number]
export const LIEUX_ADMIS_LABELS: Record<LieuxAdmis, string> = { tous: 'Tous les lieux labellisés', liste: 'Une liste de lieux' }

/** Who pays: the State, the collectivité itself, the European Social Fund, a firm or a foundation. */
export const FINANCEUR_NATURES = ['etat', 'collectivite', 'fse', 'prive'] as const
export type FinanceurNature = (typeof FINANCEUR_NATURES)[number]
export const FINANCEUR_NATURE_LABELS: Record<FinanceurNature, string> = {
  etat: 'État',
  collectivite: 'Collectivité',
  fse: 'Fonds social européen',
  prive: 'Entreprise ou fondation',
}

/** Parameters of a new convention (domain.md section 3). Each is stored on the convention: these are first values, never rules. */
export const CONVENTION_DEFAULTS = {
  carnetTaille: 10,
  valeurFacialeCentimes: 1000,
  validiteMois: 12,
  toleranceJours: 30,
  reclamationJours: 60,
  /** Pass taken by one person and atelier of up to 2 h, then beyond. */
  passParAtelier: 1,
  passParAtelierLong: 2,
  /** Most pass one person may use in a half day. */
  passParDemiJournee: 2,
  quotaPicBp: 5000,
  fse: false,
  identite: 'minimale',
  lieuxAdmis: 'tous',
  fraisAmontBp: 400,
} as const satisfies Record<string, number | boolean | IdentiteMode | LieuxAdmis>

export const CARNET_TAILLE_MIN = 1
export const CARNET_TAILLE_MAX = 10

/** Publics a convention may choose from. `pic`: counts for the quota of the State's target public (plan d'investissement dans les compétences). */
export const PUBLICS = [
  { code: 'minima_sociaux', label: 'Bénéficiaires de minima sociaux (RSA, AAH, ASS)', pic: true },
  { code: 'demandeurs_emploi', label: 'Personnes en recherche d’emploi', pic: true },
  { code: 'jeunes_16_25', label: 'Jeunes de 16 à 25 ans', pic: true },
  { code: 'femmes_16_25', label: 'Femmes de 16 à 25 ans', pic: true },
  { code: 'seniors', label: 'Personnes de 60 ans et plus, personnes retraitées', pic: false },
  { code: 'handicap', label: 'Personnes en situation de handicap', pic: false },
  { code: 'familles', label: 'Familles sous condition de quotient familial', pic: false },
  { code: 'allophones', label: 'Personnes qui apprennent le français', pic: false },
  { code: 'aide_domicile', label: 'Personnes salariées de l’aide à domicile', pic: false },
  { code: 'aidants', label: 'Aidants et travailleurs sociaux en formation', pic: false },
  { code: 'tout_public', label: 'Toute personne éloignée du numérique', pic: false },
] as const
export type PublicCode = (typeof PUBLICS)[number]['code']
export const PUBLIC_CODES = PUBLICS.map(({ code }) => code) as [PublicCode, ...PublicCode[]]
export const PUBLIC_LABELS = Object.fromEntries(PUBLICS.map(({ code, label }) => [code, label])) as Record<PublicCode, string>
/** True when this public counts for the PIC quota. */
export const isPic = (code: PublicCode): boolean => PUBLICS.some((row) => row.code === code && row.pic)

/**
 * Why a financing key cannot be saved: one or more financeurs, each a whole number of basis points from 1, adding up to 10 000
 * (acceptance E03; ux.md A7). Says what is missing or in excess. Wrong by the body alone: a 400.
 */
export const whyNotSaveCle = (clesBp: readonly number[]): Refusal | null => {
  const refuseCle = (message: string) => refuse('convention_cle_incomplete', message, [{ chemin: 'financeurs', message }])
  if (clesBp.length === 0) return refuseCle('Ajoutez au moins un financeur. Les parts doivent totaliser 100 %.')
  if (clesBp.some((cle) => !Number.isInteger(cle) || cle <= 0))
    return refuseCle('La part de chaque financeur est supérieure à 0 %, avec deux décimales au plus.')
  const gap = 10_000 - clesBp.reduce((sum, cle) => sum + cle, 0)
  if (gap === 0) return null
  return refuseCle(
    `Les parts totalisent ${percent(10_000 - gap)} au lieu de 100 % : ${gap > 0 ? `il manque ${percent(gap)}` : `il y a ${percent(-gap)} de trop`}.`,
  )
}

/** Why the financeurs of a new convention are refused: their key, then exactly one fallback, without a cap. A 400. */
export const whyNotSaveFinanceurs = (
  financeurs: readonly { cleBp: number; plafondCentimes: number | null; estRepli: boolean }[],
): Refusal | null => {
  const cle = whyNotSaveCle(financeurs.map(({ cleBp }) => cleBp))
  if (cle) return cle
  const refuseRepli = (message: string) => refuse('convention_invalide', message, [{ chemin: 'financeurs', message }])
  const replis = financeurs.filter(({ estRepli }) => estRepli)
  if (replis.length !== 1) return refuseRepli('Choisissez le financeur, un seul, qui prend ce que les plafonds des autres refusent.')
  return replis[0]!.plafondCentimes === null ? null : refuseRepli('Le financeur qui prend le reste n’a pas de plafond.')
}

/** Why the period is refused: its last day is not before its first. A 400. */
export const whyNotSavePeriode = ({ dateDebut, dateFin }: { dateDebut: string; dateFin: string }): Refusal | null => {
  const message = 'La fin de la convention ne peut pas précéder son début.'
  return dateFin >= dateDebut ? null : refuse('convention_invalide', message, [{ chemin: 'dateFin', message }])
}

const statutRefusal = (statut: ConventionStatut, subject: string) =>
  refuse('convention_statut', `Statut « ${CONVENTION_LABELS[statut]} » : ${subject} impossible.`)

const ACTION_NAMES: Record<ConventionAction, string> = {
  sign: 'signature',
  open: 'ouverture',
  report: 'passage en bilan',
  settle: 'solde',
  close: 'clôture',
  terminate: 'résiliation',
}

/** Why this action cannot start from this statut, for the moves that ask for nothing else (report, settle, close, terminate). */
export const whyNotConvention = (action: ConventionAction, statut: ConventionStatut): Refusal | null =>
  allows(conventionMachine, action, statut) ? null : statutRefusal(statut, ACTION_NAMES[action])

/** Why a convention cannot be edited in place: once signed it changes by avenant. */
export const whyNotEdit = ({ statut }: { statut: ConventionStatut }): Refusal | null =>
  statut === 'brouillon'
    ? null
    : refuse('convention_statut', `Statut « ${CONVENTION_LABELS[statut]} » : modifiez la convention par un avenant.`)

/** Why an avenant cannot be made: only a signed or active convention is amended. */
export const whyNotAmend = ({ statut }: { statut: ConventionStatut }): Refusal | null =>
  statut === 'signee' || statut === 'active' ? null : statutRefusal(statut, 'avenant')

/** Why a signature cannot be recorded today: only a brouillon is signed, up to its last day, by a financeur who has not signed. */
export const whyNotSign = (
  { statut, dateFin, dejaSigne = false }: { statut: ConventionStatut; dateFin: string; dejaSigne?: boolean },
  today: string,
): Refusal | null => {
  if (!allows(conventionMachine, 'sign', statut)) return statutRefusal(statut, 'signature')
  if (dateFin < today) return refuse('convention_echue')
  if (dejaSigne) return refuse('convention_statut', 'Ce financeur a déjà signé la convention.')
  return null
}

/** Why this organisation cannot record this signature: the ANCT signs for the State, the collectivité records the others. */
export const whyNotSignFor = (nature: FinanceurNature, organisation: OrganisationType): Refusal | null => {
  if (nature === 'etat') return organisation === 'anct' ? null : refuse('convention_statut', 'L’ANCT signe pour l’État.')
  return organisation === 'collectivite' ? null : refuse('convention_statut', 'La collectivité enregistre la signature de ce financeur.')
}

/** Why a convention cannot be opened today: signed by every financeur (`signaturesManquantes` are their names), inside its period. */
export const whyNotOpen = (
  {
    statut,
    dateDebut,
    dateFin,
    signaturesManquantes = [],
  }: { statut: ConventionStatut; dateDebut: string; dateFin: string; signaturesManquantes?: readonly string[] },
  today: string,
): Refusal | null => {
  if (!allows(conventionMachine, 'open', statut)) return statutRefusal(statut, 'ouverture')
  if (signaturesManquantes.length > 0) return refuse('signature_manquante', `Signature attendue : ${signaturesManquantes.join(', ')}.`)
  if (dateFin < today) return refuse('convention_echue')
  if (dateDebut > today) return refuse('convention_non_commencee')
  return null
}

/**
 * Why carnets cannot be ordered on this convention today: active, inside its period, and the face value ordered so far plus this
 * order stays within its amount. Amounts in centimes, `dejaCommandeCentimes` without cancelled orders.
 */
export const whyNotOrder = (
  convention: { statut: ConventionStatut; dateDebut: string; dateFin: string; montantCentimes: number },
  dejaCommandeCentimes: number,
  montantCentimes: number,
  today: string,
): Refusal | null => {
  if (convention.statut !== 'active') return statutRefusal(convention.statut, 'commande')
  if (convention.dateFin < today) return refuse('convention_echue')
  if (convention.dateDebut > today) return refuse('convention_non_commencee')
  const reste = convention.montantCentimes - dejaCommandeCentimes
  if (montantCentimes <= reste) return null
  return refuse(
    'convention_depassee',
    `La commande (${euros(montantCentimes)}) dépasse de ${euros(montantCentimes - reste)} ce qui reste sur la convention (${euros(Math.max(reste, 0))}).`,
  )
}
