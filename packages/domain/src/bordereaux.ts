import { formatDay } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { euros, type Centimes } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

export const BORDEREAU_STATUTS = ['ouvert', 'arrete', 'controle', 'approuve', 'transmis', 'paye', 'rejete'] as const
export type BordereauStatut = (typeof BORDEREAU_STATUTS)[number]

export const BORDEREAU_LABELS: Record<BordereauStatut, string> = {
  ouvert: 'Ouvert',
  arrete: 'Arrêté',
  controle: 'Contrôlé',
  approuve: 'Approuvé',
  transmis: 'Transmis à la banque',
  paye: 'Payé',
  rejete: 'Virement rejeté',
}

/**
 * domain.md section 3. A transfer refused by the bank ends the bordereau: its amount is due again, carried by the next one. So does one
 * that the bank sends back days after it had paid: only a file of the bank says so.
 */
export const bordereauMachine = {
  close: { from: ['ouvert'], to: 'arrete' },
  check: { from: ['arrete'], to: 'controle' },
  approve: { from: ['controle'], to: 'approuve' },
  release: { from: ['approuve'], to: 'transmis' },
  pay: { from: ['transmis'], to: 'paye' },
  reject: { from: ['transmis'], to: 'rejete' },
  sendBack: { from: ['paye'], to: 'rejete' },
} as const satisfies Machine<BordereauStatut>
export type BordereauAction = keyof typeof bordereauMachine

/** What the bank did of a transfer that it refused: before it paid, or after. */
export const rejetTitre = (rejet: { date: string; payeLe: string | null } | null): string =>
  rejet?.payeLe
    ? `Payé le ${formatDay(rejet.payeLe)}, ce virement est revenu à la banque le ${formatDay(rejet.date)}.`
    : 'La banque a rejeté ce virement.'

export const VIREMENT_STATUTS = ['a_emettre', 'emis', 'execute', 'rejete'] as const
export type VirementStatut = (typeof VIREMENT_STATUTS)[number]
export const VIREMENT_LABELS: Record<VirementStatut, string> = {
  a_emettre: 'À émettre',
  emis: 'Émis',
  execute: 'Exécuté',
  rejete: 'Rejeté',
}

/** The single reason shown for a redemption that is not paid; without one, the next transfer date is shown. */
export const RAISONS_NON_PAYE = [
  'lieu_suspendu',
  'compte_absent',
  'iban_en_verification',
  'virement_rejete',
  'ligne_contestee',
  'delai_annulation',
  'prochain_bordereau',
] as const
export type RaisonNonPaye = (typeof RAISONS_NON_PAYE)[number]

export const RAISON_NON_PAYE_LABELS: Record<RaisonNonPaye, string> = {
  lieu_suspendu: 'Le label de la structure est suspendu : le paiement attend la décision.',
  compte_absent: 'Aucun compte bancaire vérifié : enregistrez le compte de votre structure.',
  iban_en_verification: 'Le compte bancaire est en cours de vérification.',
  virement_rejete: 'La banque a rejeté le virement : enregistrez un autre compte.',
  ligne_contestee: 'Cette ligne est contestée : l’opérateur l’examine.',
  delai_annulation: 'L’utilisation peut encore être annulée pendant 24 heures.',
  prochain_bordereau: 'Sera payée au prochain virement.',
}

type UnpaidFacts = {
  contestee: boolean
  compte: 'aucun' | 'en_verification' | 'accepte' | 'rejete'
  suspendue?: boolean
  annulable: boolean
}

/** Exactly one reason for an unpaid redemption, the most blocking first (domain.md section 3, Reimbursement). */
export const raisonNonPaye = ({ contestee, compte, suspendue = false, annulable }: UnpaidFacts): RaisonNonPaye => {
  if (contestee) return 'ligne_contestee'
  if (compte === 'rejete') return 'virement_rejete'
  if (compte === 'aucun') return 'compte_absent'
  if (compte === 'en_verification') return 'iban_en_verification'
  if (suspendue) return 'lieu_suspendu'
  return annulable ? 'delai_annulation' : 'prochain_bordereau'
}

const ACTION_NAMES: Record<BordereauAction, string> = {
  close: 'arrêté impossible',
  check: 'contrôle impossible',
  approve: 'approbation impossible',
  release: 'transmission impossible',
  pay: 'paiement impossible',
  reject: 'rejet impossible',
  sendBack: 'retour impossible',
}

/** Why this action cannot start from this statut. */
export const whyNotBordereau = (action: BordereauAction, statut: BordereauStatut): Refusal | null =>
  allows(bordereauMachine, action, statut)
    ? null
    : refuse('bordereau_statut', `Bordereau « ${BORDEREAU_LABELS[statut]} » : ${ACTION_NAMES[action]}.`)

/** Who did each step so far (user ids), and who acts now. */
export type BordereauActors = {
  statut: BordereauStatut
  arretePar: string | null
  controlePar: string | null
  /** The approver, or every one of them where an amount asks for two. */
  approuvePar: string | null | readonly string[]
  acteur: string
}

const approversOf = ({ approuvePar }: Pick<BordereauActors, 'approuvePar'>): readonly string[] =>
  approuvePar === null ? [] : typeof approuvePar === 'string' ? [approuvePar] : approuvePar

const samePerson = (others: readonly (string | null)[], acteur: string, message: string) =>
  others.includes(acteur) ? refuse('meme_personne', message) : null

/** Why the bordereau cannot be checked: the preparer closes and checks; nobody who approved checks. */
export const whyNotCheck = (actors: BordereauActors): Refusal | null =>
  whyNotBordereau('check', actors.statut) ??
  samePerson(approversOf(actors), actors.acteur, 'Le contrôle et l’approbation reviennent à deux personnes différentes.')

/** Why this person cannot approve: neither who closed or checked it, nor who already approved it. */
export const whyNotApprove = (actors: BordereauActors): Refusal | null =>
  whyNotBordereau('approve', actors.statut) ??
  samePerson(
    [actors.arretePar, actors.controlePar],
    actors.acteur,
    'Une autre personne que celle qui l’a préparé approuve le bordereau.',
  ) ??
  samePerson(
    approversOf(actors),
    actors.acteur,
    'Vous avez déjà approuvé ce bordereau : la seconde approbation revient à une autre personne.',
  )

/**
 * How many approvals an amount asks for: one for each threshold reached (thresholds in centimes; `[0, 1_000_000]` asks for two
 * from 10 000 €, acceptance D47), one at least.
 */
export const approvalsNeeded = (montantCentimes: Centimes, seuilsCentimes: readonly Centimes[]): number =>
  Math.max(1, seuilsCentimes.filter((seuil) => montantCentimes >= seuil).length)

/**
 * The statut that an approval starts from: thresholds lowered since ask for another person on a bordereau already approved, which
 * then waits as one that was only checked.
 */
export const approvableStatut = (
  { statut, approuvePar }: Pick<BordereauActors, 'statut' | 'approuvePar'>,
  needed: number,
): BordereauStatut => (statut === 'approuve' && new Set(approversOf({ approuvePar })).size < needed ? 'controle' : statut)

/** Why this person cannot release: every approval given, by a third person. `approbation_manquante` names the amount. */
export const whyNotRelease = (
  actors: BordereauActors,
  { montantCentimes, seuilsCentimes = [] }: { montantCentimes: Centimes; seuilsCentimes?: readonly Centimes[] },
): Refusal | null => {
  const { statut, arretePar, controlePar, acteur } = actors
  const approvers = approversOf(actors)
  const needed = approvalsNeeded(montantCentimes, seuilsCentimes)
  const given = new Set(approvers).size
  if ((statut === 'controle' || statut === 'approuve') && given < needed)
    return refuse(
      'approbation_manquante',
      `Un bordereau de ${euros(montantCentimes)} demande ${needed === 1 ? 'une approbation' : `${needed} approbations`} : ${given === 0 ? 'aucune n’est donnée' : `${given} sur ${needed} est donnée`}.`,
    )
  return (
    whyNotBordereau('release', statut) ??
    samePerson(
      [arretePar, controlePar, ...approvers],
      acteur,
      'La transmission revient à une troisième personne, qui n’a ni préparé ni approuvé le bordereau.',
    )
  )
}

/** Letters that do not decompose into a base and an accent, and signs with an agreed replacement. */
const SEPA_PAIRS = [
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['ß', 'ss'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['€', 'EUR'],
  ['&', '+'],
  ['’', "'"],
  ['‘', "'"],
  ['–', '-'],
  ['—', '-'],
  ['_', '-'],
  ['@', '(at)'],
] as const
const SEPA_SIGNS: ReadonlyMap<string, string> = new Map(SEPA_PAIRS)

/**
 * A text in the SEPA character set (a–z, A–Z, 0–9, / - ? : ( ) . , ' + and space), accents removed, cut to `max` characters. It
 * neither starts nor ends with a slash, nor holds two in a row, as the banks' guidelines ask.
 */
export const sepaText = (text: string, max = 70): string =>
  [...text.normalize('NFC')]
    .map((char) => SEPA_SIGNS.get(char) ?? char)
    .join('')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9/\-?:().,'+ ]/g, ' ')
    .replace(/\/{2,}/g, '/')
    .replace(/ {2,}/g, ' ')
    .slice(0, max)
    .replace(/^[/ ]+|[/ ]+$/g, '')
