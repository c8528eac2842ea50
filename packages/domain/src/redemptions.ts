import type { MotifBlocage } from './carnets.ts'
import { formatDay, formatInstant, PARIS, type DemiJournee } from './days.ts'
import { plural } from './money.ts'
import { REDEMPTION_CODES } from './refusal-codes.ts'
import { REFUSAL_MESSAGES, refuse, type Refusal } from './refusal.ts'

export const REDEMPTION_STATUTS = ['a_payer', 'en_bordereau', 'payee', 'annulee'] as const
export type RedemptionStatut = (typeof REDEMPTION_STATUTS)[number]

export const REDEMPTION_LABELS: Record<RedemptionStatut, string> = {
  a_payer: 'À payer',
  en_bordereau: 'Dans un bordereau',
  payee: 'Payé',
  annulee: 'Annulé',
}

export type RedemptionCode = (typeof REDEMPTION_CODES)[number]

/** The refusals of a pass in the order of the checks (domain.md section 6): the first that applies is the one answered. */
export const REDEMPTION_CHECKS = [
  'code_malforme',
  'code_inconnu',
  'deja_utilise',
  'pass_annule',
  'carnet_bloque',
  'pas_actif',
  'pas_remis',
  'expire',
  'lieu_non_labellise',
  'lieu_suspendu',
  'lieu_ferme',
  'regie_caduque',
  'lieu_non_admis',
  'hors_territoire',
  'service_non_prevu',
  'atelier_non_tenu',
  'presence_manquante',
  'atelier_deja_paye',
  'trop_de_pass',
  'atelier_complet',
] as const satisfies readonly RedemptionCode[]

/** The refusals of the request itself, before any pass is looked at. */
export const REDEMPTION_REQUEST_CODES = [
  'doublon_dans_la_demande',
  'cle_manquante',
  'cle_reutilisee',
  'en_cours',
] as const satisfies readonly RedemptionCode[]

/** What the médiateur does next, one line a code. */
export const REDEMPTION_NEXT_STEP: Record<RedemptionCode, string> = {
  code_malforme: 'Relisez les 12 caractères sur le pass, ou scannez-le.',
  code_inconnu: 'Relisez le pass avec la personne. Si le numéro est le bon, gardez une copie du pass et contactez l’opérateur.',
  deja_utilise: 'Voir l’atelier, ou demander un autre pass à la personne.',
  pass_annule: 'Ne pas accepter ce pass. La personne peut s’adresser à son prescripteur.',
  carnet_bloque: 'Ne pas accepter ce pass. La personne peut s’adresser à son prescripteur.',
  pas_actif: 'Appeler la collectivité : le carnet doit être activé.',
  pas_remis: 'Contacter le prescripteur : la remise n’a pas été enregistrée. Réessayez ensuite.',
  expire: 'Contacter le prescripteur : un nouveau carnet est peut-être possible.',
  lieu_non_labellise: 'Ouvrir le dossier de votre structure et suivre la labellisation.',
  lieu_suspendu: 'Contacter l’opérateur pour connaître le motif de la suspension.',
  lieu_ferme: 'Mettre à jour la fiche de votre lieu s’il est ouvert.',
  regie_caduque: 'Déposer le nouvel acte de régie ou la nouvelle convention de mandat dans le dossier de votre structure.',
  lieu_non_admis: 'Orienter la personne vers un lieu agréé par sa collectivité.',
  hors_territoire: 'Orienter la personne vers un lieu de son territoire.',
  service_non_prevu: 'Choisir un autre service pour cet atelier, ou ajouter ce service à votre catalogue.',
  atelier_non_tenu: 'Choisir l’atelier du jour, ou un atelier des 7 derniers jours.',
  presence_manquante: 'Cocher la présence de la personne, puis réessayer.',
  atelier_deja_paye: 'Garder ce pass pour un prochain atelier.',
  trop_de_pass: 'Garder ce pass pour une autre demi-journée.',
  atelier_complet: 'Augmenter le nombre de places de l’atelier si la salle le permet, puis réessayer.',
  doublon_dans_la_demande: 'Retirer le pass lu deux fois, puis envoyer.',
  cle_manquante: 'Recharger la page, puis recommencer.',
  cle_reutilisee: 'Recharger la page, puis recommencer.',
  en_cours: 'Attendre quelques secondes : la réponse arrive.',
}

/** What the database tells of a refusal, in its own shape (`details` of pass_decide), plus the zone of the lieu. */
export type RefusalDetails = {
  /** When the pass was used: present for the same lieu only. A Date or its ISO text. */
  at?: Date | string
  zone?: string
  /** Last day the pass was accepted. */
  date?: string
  motif?: MotifBlocage
  /** The convention's limit of pass for a person and half day, and that half day. */
  nombre?: number
  demiJournee?: DemiJournee
}

/**
 * The French sentence of a refused pass (ux.md 3.4). `at` is given only when the same lieu asks: anyone else reads
 * « Pass déjà utilisé. » and nothing more.
 */
export const describeRefusal = (
  code: RedemptionCode,
  { at, zone = PARIS, date, motif, nombre, demiJournee }: RefusalDetails = {},
): string => {
  if (code === 'deja_utilise' && at) return `Pass déjà utilisé le ${formatInstant(new Date(at), zone)} dans votre lieu.`
  if (code === 'expire' && date) return `Pass valable jusqu’au ${formatDay(date)}.`
  if (code === 'carnet_bloque' && motif === 'controle') return 'Carnet bloqué le temps d’un contrôle.'
  if (code === 'trop_de_pass' && nombre && demiJournee)
    return `Déjà ${plural(nombre, 'pass utilisé', 'pass utilisés')} ${demiJournee === 'matin' ? 'ce matin' : 'cet après-midi'} par cette personne.`
  return REFUSAL_MESSAGES[code]
}

/** An undo is open this long, or until the closing of the bordereau if it comes first. */
export const UNDO_MS = 24 * 3_600_000

/** Why a redemption cannot be undone by its lieu now; later the operator corrects by incident (acceptance C01, C03). */
export const whyNotUndo = (
  { statut, redeemedAt, motif }: { statut: RedemptionStatut; redeemedAt: Date; motif?: string },
  now: Date,
): Refusal | null => {
  if (statut === 'en_bordereau' || statut === 'payee') return refuse('bordereau_clos')
  if (statut === 'annulee') return refuse('redemption_statut')
  if (now.getTime() - redeemedAt.getTime() >= UNDO_MS) return refuse('delai_depasse')
  return motif !== undefined && !motif.trim() ? refuse('motif_manquant', 'Indiquez pourquoi vous annulez cette utilisation.') : null
}
