import { formatDay } from './days.ts'
import { heuresOf, isInCreneau, type Horaire } from './differes.ts'
import { plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'
import type { MotifBlocage } from './carnets.ts'
import type { RedemptionCode } from './redemptions.ts'

/** What the counter notices for the operator. None of them says that somebody is dishonest: a person looks, and decides. */
export const ALERTE_REGLES = [
  'capacite',
  'hors_creneau',
  'meme_personne',
  'codes_faux',
  'pas_actif',
  'pas_remis',
  'carnet_bloque',
  'conflits',
] as const
export type AlerteRegle = (typeof ALERTE_REGLES)[number]

export const ALERTE_STATUTS = ['ouverte', 'classee'] as const
export type AlerteStatut = (typeof ALERTE_STATUTS)[number]
export const ALERTE_STATUT_LABELS: Record<AlerteStatut, string> = { ouverte: 'À traiter', classee: 'Classée' }

export const ALERTE_DECISIONS = ['sans_suite', 'explication_recue', 'suspension_demandee'] as const
export type AlerteDecision = (typeof ALERTE_DECISIONS)[number]
export const ALERTE_DECISION_LABELS: Record<AlerteDecision, string> = {
  sans_suite: 'Sans suite',
  explication_recue: 'Explication reçue',
  suspension_demandee: 'Suspension demandée',
}

/** Wrong codes: a person in an hour, a place in a day, a territory in an hour; then they are stopped, and the operator is told. */
export const CODES_FAUX = { personneHeure: 10, lieuJour: 20, territoireHeure: 200 } as const
/** As many pass accepted at two places within this many days are worth a look. */
export const CONFLITS = { nombre: 3, jours: 30 } as const

type Words = { titre: string; fait: (nombre: number) => string; explication: string }

/** `fait` is what happened, `explication` what explains it most often. */
const WORDS: Record<AlerteRegle, Words> = {
  capacite: {
    titre: 'Atelier plein',
    fait: (n) => plural(n, 'pass présenté', 'pass présentés') + ' alors que toutes les places étaient prises',
    explication: 'Un nombre de places trop bas l’explique souvent.',
  },
  hors_creneau: {
    titre: 'Hors du créneau de l’atelier',
    fait: (n) => plural(n, 'pass utilisé', 'pass utilisés') + ' plus d’une heure avant l’atelier ou plus de 4 heures après',
    explication: 'Une liste papier recopiée plus tard l’explique souvent.',
  },
  meme_personne: {
    titre: 'Même personne, deux ateliers en même temps',
    fait: (n) => plural(n, 'pass utilisé', 'pass utilisés') + ' par une personne présente dans un autre atelier aux mêmes heures',
    explication: 'Des horaires mal saisis l’expliquent souvent.',
  },
  codes_faux: {
    titre: 'Numéros faux à répétition',
    fait: (n) => plural(n, 'blocage', 'blocages') + ' après trop de numéros qui n’existent pas',
    explication: 'Un carnet abîmé ou un autre dispositif l’expliquent souvent.',
  },
  pas_actif: {
    titre: 'Carnet pas encore activé',
    fait: (n) => plural(n, 'pass présenté', 'pass présentés') + ' d’un carnet que la collectivité n’a pas activé',
    explication: 'Une activation oubliée l’explique souvent ; un vol avant la livraison est possible.',
  },
  pas_remis: {
    titre: 'Carnet pas encore remis',
    fait: (n) => plural(n, 'pass présenté', 'pass présentés') + ' d’un carnet dont la remise n’est pas enregistrée',
    explication: 'Une remise que le prescripteur n’a pas saisie l’explique le plus souvent.',
  },
  carnet_bloque: {
    titre: 'Carnet perdu ou volé présenté',
    fait: (n) => plural(n, 'pass présenté', 'pass présentés') + ' d’un carnet déclaré perdu ou volé',
    explication: 'La personne a parfois retrouvé son carnet : son prescripteur peut le dire.',
  },
  conflits: {
    titre: 'Pass acceptés deux fois',
    fait: (n) => plural(n, 'conflit', 'conflits') + ` de plus, après au moins ${CONFLITS.nombre} en ${CONFLITS.jours} jours`,
    explication: 'Des appareils restés longtemps sans réseau l’expliquent souvent ; une photocopie est possible.',
  },
}

/** Title and text of an alert, for the operator: what was seen that day, how often, and what usually explains it. */
export const describeAlerte = (
  regle: AlerteRegle,
  { nombre, jour }: { nombre: number; jour: string },
): { titre: string; texte: string } => {
  const { titre, fait, explication } = WORDS[regle]
  return { titre, texte: `Le ${formatDay(jour)} : ${fait(nombre)}. ${explication}` }
}

/**
 * The alert of a refused pass, or null. A full atelier is told when a pass was to be used, not when it was only looked at; a carnet
 * that is held for a check was never stolen.
 */
export const alerteOfRefus = (
  code: RedemptionCode,
  { utilise, motif }: { utilise: boolean; motif?: MotifBlocage | null },
): AlerteRegle | null => {
  if (code === 'pas_actif' || code === 'pas_remis') return code
  if (code === 'atelier_complet') return utilise ? 'capacite' : null
  return code === 'carnet_bloque' && motif !== 'controle' ? 'carnet_bloque' : null
}

/** True when two ateliers are held at the same time; one that begins when the other ends is not. */
export const overlaps = (one: Horaire, other: Horaire): boolean => {
  const [a, b] = [heuresOf(one), heuresOf(other)]
  return a.debut < b.fin && b.debut < a.fin
}

/** The alerts of a used pass: outside the slot of its atelier (online only), and the person's other ateliers of that day. */
export const alertesOfUtilisation = (
  atelier: Horaire,
  { at, differe, autres }: { at: Date; differe: boolean; autres: readonly Horaire[] },
): AlerteRegle[] => [
  ...(!differe && !isInCreneau(atelier, at) ? (['hors_creneau'] as const) : []),
  ...(autres.some((autre) => overlaps(atelier, autre)) ? (['meme_personne'] as const) : []),
]

/** Wrong codes of the last hour (person, territory) and day (place): true when the next one is stopped. */
export const isTropDeCodesFaux = ({ personne, lieu, territoire }: { personne: number; lieu: number; territoire: number }): boolean =>
  personne >= CODES_FAUX.personneHeure || lieu >= CODES_FAUX.lieuJour || territoire >= CODES_FAUX.territoireHeure

/** True when the conflicts of a structure (days between each and today) are worth a look. */
export const isConflitRepete = (ages: readonly number[]): boolean => ages.filter((age) => age < CONFLITS.jours).length >= CONFLITS.nombre

/** Why an alert cannot be decided: it was already. */
export const whyNotClasser = (statut: AlerteStatut): Refusal | null => (statut === 'ouverte' ? null : refuse('alerte_statut'))
