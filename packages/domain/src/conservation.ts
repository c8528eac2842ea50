import { addDays, addMonths } from './days.ts'

/** How long: months or days. A term written in a programme's own rules is a setting of that programme. */
export type Duree = { mois: number } | { jours: number } | { programme: true }

/** What the time is counted from. */
export const DECLENCHEURS = [
  'dernier_pass',
  'dernier_contact',
  'paiement',
  'fin_du_programme',
  'ecriture',
  'creation',
  'envoi',
  'fin_acces',
] as const
export type Declencheur = (typeof DECLENCHEURS)[number]

export const DECLENCHEUR_LABELS: Record<Declencheur, string> = {
  dernier_pass: 'après le dernier pass utilisé ou expiré',
  dernier_contact: 'après le dernier contact',
  paiement: 'après le paiement',
  fin_du_programme: 'après la fin du programme',
  ecriture: 'après l’écriture de la ligne',
  creation: 'après leur création',
  envoi: 'après l’envoi',
  fin_acces: 'après la fin du dernier accès',
}

/** On what ground the data is kept. */
export const BASES = ['accord', 'mission', 'comptabilite', 'programme', 'securite'] as const
export type Base = (typeof BASES)[number]

export const BASE_LABELS: Record<Base, string> = {
  accord: 'L’accord de la personne',
  mission: 'La mission d’intérêt public des organisations',
  comptabilite: 'L’obligation de justifier l’argent public',
  programme: 'Les règles du programme européen',
  securite: 'La sécurité du service',
}

export type Conservation = {
  donnee: string
  duree: Duree
  declencheur: Declencheur
  /** Never later than this, whatever the first term says. */
  limite?: { duree: Duree; declencheur: Declencheur }
  /** What is left afterwards: nothing, or the act without the person. */
  fin: 'effacee' | 'sans_nom'
  base: Base
  /** The erasure runs by itself in this version. */
  automatique: boolean
}

/** Every kind of personal data and its term (domain.md section 7, reliability.md section 8): the privacy page shows it, the purge applies it. */
export const CONSERVATION = {
  identites: {
    donnee: 'Prénom, nom, tranche d’âge, commune, situation et contact de la personne qui a un carnet',
    duree: { mois: 12 },
    declencheur: 'dernier_pass',
    limite: { duree: { mois: 24 }, declencheur: 'dernier_contact' },
    fin: 'sans_nom',
    base: 'accord',
    automatique: false,
  },
  lien_utilisation: {
    donnee: 'Lien entre une personne et l’utilisation d’un pass',
    duree: { mois: 6 },
    declencheur: 'paiement',
    fin: 'sans_nom',
    base: 'comptabilite',
    automatique: false,
  },
  pieces_fse: {
    donnee: 'Pièces du Fonds social européen, dans une archive à accès restreint',
    duree: { programme: true },
    declencheur: 'fin_du_programme',
    fin: 'effacee',
    base: 'programme',
    automatique: false,
  },
  argent: {
    donnee: 'Montants, bordereaux et virements, sans nom de personne',
    duree: { mois: 120 },
    declencheur: 'ecriture',
    fin: 'effacee',
    base: 'comptabilite',
    automatique: false,
  },
  comptes: {
    donnee: 'Compte d’une personne qui travaille avec la plateforme\u00a0: nom, adresse électronique, accès',
    duree: { mois: 12 },
    declencheur: 'fin_acces',
    fin: 'sans_nom',
    base: 'mission',
    automatique: false,
  },
  journal_acces: {
    donnee: 'Journal des accès et des actions',
    duree: { mois: 12 },
    declencheur: 'ecriture',
    fin: 'effacee',
    base: 'securite',
    automatique: false,
  },
  journaux_techniques: {
    donnee: 'Journaux techniques, sans nom ni code',
    duree: { mois: 6 },
    declencheur: 'ecriture',
    fin: 'effacee',
    base: 'securite',
    automatique: false,
  },
  courriels: {
    donnee: 'Courriels envoyés par la plateforme',
    duree: { jours: 30 },
    declencheur: 'envoi',
    fin: 'effacee',
    base: 'securite',
    automatique: true,
  },
  exports: {
    donnee: 'Fichiers exportés qui contiennent des données personnelles',
    duree: { jours: 7 },
    declencheur: 'creation',
    fin: 'effacee',
    base: 'mission',
    automatique: false,
  },
  sauvegardes: {
    donnee: 'Sauvegardes, où les effacements sont rejoués en cas de reprise',
    duree: { jours: 35 },
    declencheur: 'creation',
    fin: 'effacee',
    base: 'securite',
    automatique: false,
  },
} as const satisfies Record<string, Conservation>

const nombre = (count: number, mot: string) => `${count}\u00a0${mot}`

/** `{ mois: 120 }` → « 10 ans », `{ mois: 12 }` → « 12 mois », `{ jours: 30 }` → « 30 jours ». */
export const dureeInWords = (duree: Duree): string => {
  if ('programme' in duree) return 'La durée fixée par le programme'
  if ('jours' in duree) return nombre(duree.jours, duree.jours > 1 ? 'jours' : 'jour')
  return duree.mois >= 24 && duree.mois % 12 === 0 ? nombre(duree.mois / 12, 'ans') : nombre(duree.mois, 'mois')
}

/** « 12 mois après le dernier pass utilisé ou expiré, et 2 ans au plus après le dernier contact ». */
export const conservationInWords = ({ duree, declencheur, limite }: Conservation): string => {
  const terme = `${dureeInWords(duree)} ${DECLENCHEUR_LABELS[declencheur]}`
  return limite ? `${terme}, et ${dureeInWords(limite.duree)} au plus ${DECLENCHEUR_LABELS[limite.declencheur]}` : terme
}

/** What happens at the end of the term. */
export const FIN_LABELS: Record<Conservation['fin'], string> = { effacee: 'Effacé', sans_nom: 'Gardé sans nom, pour les totaux' }

const dayAfter = (duree: Duree, from: string): string | null => {
  if ('programme' in duree) return null
  return 'jours' in duree ? addDays(from, duree.jours) : addMonths(from, duree.mois)
}

/**
 * The last day on which a row may be kept, from the days on which its clocks started; null while none of them has (a pass not yet
 * used nor expired) or when the programme decides. The limit runs on its own: whichever comes first.
 */
export const keptUntil = ({ duree, declencheur, limite }: Conservation, depuis: Partial<Record<Declencheur, string>>): string | null => {
  const ends = [{ duree, declencheur }, ...(limite ? [limite] : [])].flatMap((terme) => {
    const from = depuis[terme.declencheur]
    return (from === undefined ? null : dayAfter(terme.duree, from)) ?? []
  })
  return ends.toSorted()[0] ?? null
}
