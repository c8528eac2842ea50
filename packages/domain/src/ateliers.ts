import { addDays } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

export const ATELIER_STATUTS = ['brouillon', 'ouvert', 'complet', 'tenu', 'valide', 'annule'] as const
export type AtelierStatut = (typeof ATELIER_STATUTS)[number]

export const ATELIER_LABELS: Record<AtelierStatut, string> = {
  brouillon: 'Brouillon',
  ouvert: 'Ouvert',
  complet: 'Complet',
  tenu: 'Tenu',
  valide: 'Validé',
  annule: 'Annulé',
}

/** `hold` is the first redeem after the start; `fill` and `free` follow the seats. */
export const atelierMachine = {
  open: { from: ['brouillon'], to: 'ouvert' },
  fill: { from: ['ouvert'], to: 'complet' },
  free: { from: ['complet'], to: 'ouvert' },
  hold: { from: ['ouvert', 'complet'], to: 'tenu' },
  validate: { from: ['tenu'], to: 'valide' },
  cancel: { from: ['brouillon', 'ouvert', 'complet', 'tenu'], to: 'annule' },
} as const satisfies Machine<AtelierStatut>
export type AtelierAction = keyof typeof atelierMachine

export const INSCRIPTION_STATUTS = ['inscrit', 'present', 'absent_excuse', 'absent', 'annule', 'liste_attente'] as const
export type InscriptionStatut = (typeof INSCRIPTION_STATUTS)[number]

export const INSCRIPTION_LABELS: Record<InscriptionStatut, string> = {
  inscrit: 'Inscription prise',
  present: 'Présence confirmée',
  absent_excuse: 'Absence excusée',
  absent: 'Absence',
  annule: 'Inscription annulée',
  liste_attente: 'Liste d’attente',
}

/** Inscriptions that take a seat. */
export const SEATED: readonly InscriptionStatut[] = ['inscrit', 'present']

/** Level of an atelier, and of a person after the diagnostic. */
export const NIVEAUX = ['debutant', 'intermediaire', 'autonome'] as const
export type Niveau = (typeof NIVEAUX)[number]
export const NIVEAU_LABELS: Record<Niveau, string> = {
  debutant: 'Premiers pas',
  intermediaire: 'Pratique à consolider',
  autonome: 'Vers l’autonomie',
}

/** A pass is used the day of its atelier or within this many days after (domain.md section 6, check 11). */
export const USAGE_JOURS_APRES = 7
/** Up to this length an atelier takes the convention's `passParAtelier`, beyond it `passParAtelierLong`. */
export const DUREE_COURTE_MINUTES = 120
export const DUREE_MIN_MINUTES = 15
export const DUREE_MAX_MINUTES = 480
export const CAPACITE_MAX = 100
const PREVISION_JOURS = 366

const faulty = (chemin: string, message: string) => refuse('atelier_invalide', message, [{ chemin, message }])

/**
 * Why an atelier cannot be scheduled: from 7 days ago (those that were held) to a year ahead, a quarter of an hour to eight
 * hours, 1 to 100 seats. `today` is the lieu's day.
 */
export const whyNotSchedule = (
  { date, dureeMinutes, capacite }: { date: string; dureeMinutes: number; capacite: number },
  today: string,
): Refusal | null => {
  if (date < addDays(today, -USAGE_JOURS_APRES))
    return faulty('date', `Un atelier s’enregistre au plus tard ${USAGE_JOURS_APRES} jours après sa tenue.`)
  if (date > addDays(today, PREVISION_JOURS)) return faulty('date', 'Un atelier se prévoit au plus un an à l’avance.')
  if (!Number.isInteger(dureeMinutes) || dureeMinutes < DUREE_MIN_MINUTES || dureeMinutes > DUREE_MAX_MINUTES)
    return faulty('dureeMinutes', 'La durée va de 15 minutes à 8 heures.')
  if (!Number.isInteger(capacite) || capacite < 1 || capacite > CAPACITE_MAX)
    return faulty('capacite', `Le nombre de places va de 1 à ${CAPACITE_MAX}.`)
  return null
}

const ACTION_NAMES: Record<AtelierAction, string> = {
  open: 'ouverture impossible',
  fill: 'inscription impossible',
  free: 'libération de place impossible',
  hold: 'tenue impossible',
  validate: 'validation impossible',
  cancel: 'annulation impossible',
}

/** Why this action cannot start from this statut. */
export const whyNotAtelier = (action: AtelierAction, statut: AtelierStatut): Refusal | null =>
  allows(atelierMachine, action, statut)
    ? null
    : refuse('atelier_statut', `Atelier « ${ATELIER_LABELS[statut]} » : ${ACTION_NAMES[action]}.`)

/** Why an atelier cannot be cancelled: not validated, no live redemption (undo them first), a reason for the people enrolled. */
export const whyNotCancel = ({
  statut,
  passUtilises,
  motif,
}: {
  statut: AtelierStatut
  passUtilises: number
  motif: string
}): Refusal | null => {
  const refused = whyNotAtelier('cancel', statut)
  if (refused) return refused
  if (passUtilises > 0)
    return refuse(
      'atelier_a_des_pass',
      `${plural(passUtilises, 'pass utilisé', 'pass utilisés')} pour cet atelier : annulez d’abord leur utilisation.`,
    )
  return motif.trim() ? null : refuse('motif_manquant', 'Indiquez le motif de l’annulation : les personnes inscrites le recevront.')
}

/** Why a person cannot be enrolled: the atelier open and to come (or of the last days, for those who came), a seat free. */
export const whyNotEnrol = (
  { statut, date, capacite, inscrits }: { statut: AtelierStatut; date: string; capacite: number; inscrits: number },
  today: string,
): Refusal | null => {
  if (statut === 'complet' || inscrits >= capacite) return refuse('atelier_complet')
  if (statut !== 'ouvert' && statut !== 'tenu')
    return refuse('atelier_statut', `Atelier « ${ATELIER_LABELS[statut]} » : inscription impossible.`)
  return date < addDays(today, -USAGE_JOURS_APRES) ? refuse('atelier_passe') : null
}

/** Why free seats cannot be proposed to prescripteurs: an atelier to come, not yet held nor cancelled. */
export const whyNotOffer = ({ statut, date }: { statut: AtelierStatut; date: string }, today: string): Refusal | null => {
  if (!['brouillon', 'ouvert', 'complet'].includes(statut))
    return refuse('atelier_statut', `Atelier « ${ATELIER_LABELS[statut]} » : ses places ne se proposent plus.`)
  return date < today ? refuse('atelier_statut', 'Cet atelier est passé : ses places ne se proposent plus.') : null
}

/** Why attendance cannot be marked: an atelier of today or before, neither cancelled nor validated. */
export const whyNotAttend = ({ statut, date }: { statut: AtelierStatut; date: string }, today: string): Refusal | null => {
  if (!['ouvert', 'complet', 'tenu'].includes(statut))
    return refuse('atelier_statut', `Atelier « ${ATELIER_LABELS[statut]} » : présence impossible.`)
  return date > today ? refuse('atelier_statut', 'Les présences se cochent le jour de l’atelier.') : null
}

/** How many pass one person may use for an atelier of this length: the convention decides, the service's price only informs. */
export const passAllowed = (dureeMinutes: number, convention: { passParAtelier: number; passParAtelierLong: number }): number =>
  dureeMinutes <= DUREE_COURTE_MINUTES ? convention.passParAtelier : convention.passParAtelierLong
