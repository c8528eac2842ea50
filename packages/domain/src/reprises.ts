import { lastAcceptedDay } from './carnets.ts'
import { formatDay } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { euros, plural, type Centimes } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** The take-over of the carnets of a former operator: opened, its file read and judged line by line, then applied whole or not at all. */
export const REPRISE_STATUTS = ['ouverte', 'a_lire', 'en_erreur', 'a_confirmer', 'en_cours', 'appliquee'] as const
export type RepriseStatut = (typeof REPRISE_STATUTS)[number]

export const REPRISE_LABELS: Record<RepriseStatut, string> = {
  ouverte: 'Fichier attendu',
  a_lire: 'Lecture en cours',
  en_erreur: 'À corriger',
  a_confirmer: 'À confirmer',
  en_cours: 'Reprise en cours',
  appliquee: 'Carnets repris',
}

/** The moves of a take-over: `spoil` says that the funds, or the pass already known, changed since the lines were judged. */
export const repriseMachine = {
  deposit: { from: ['ouverte', 'en_erreur', 'a_confirmer'], to: 'a_lire' },
  read: { from: ['a_lire'], to: 'a_confirmer' },
  fault: { from: ['a_lire'], to: 'en_erreur' },
  take: { from: ['a_confirmer'], to: 'en_cours' },
  apply: { from: ['en_cours'], to: 'appliquee' },
  spoil: { from: ['en_cours'], to: 'en_erreur' },
} as const satisfies Machine<RepriseStatut>

/** What the former operator says of a pass. */
export const ETATS_ANCIENS = ['neuf', 'utilise', 'impaye'] as const
export type EtatAncien = (typeof ETATS_ANCIENS)[number]
export const ETAT_ANCIEN_LABELS: Record<EtatAncien, string> = {
  neuf: 'Non utilisé',
  utilise: 'Utilisé et payé',
  impaye: 'Utilisé, impayé',
}

/** Why a pass is not honoured, in the order in which it is asked. */
export const REPRISE_MOTIFS = [
  'deja_utilise',
  'impaye',
  'deja_repris',
  'expire',
  'validite_trop_longue',
  'preuve_absente',
  'couverture_insuffisante',
] as const
export type RepriseMotif = (typeof REPRISE_MOTIFS)[number]
export const REPRISE_MOTIF_LABELS: Record<RepriseMotif, string> = {
  deja_utilise: 'Déjà utilisé et payé par l’ancien opérateur',
  impaye: 'Utilisé sans être payé : le lieu le déclare au registre des créances',
  deja_repris: 'Ce pass est déjà repris',
  expire: 'Sa validité est passée, tolérance comprise',
  validite_trop_longue: 'Sa fin de validité va au-delà de ce que permet la convention',
  preuve_absente: 'Aucune preuve n’est indiquée',
  couverture_insuffisante: 'Les fonds reçus ne couvrent pas ce carnet',
}

/** A pass of the file as it was read: no code, which is only known by its keyed hash. */
export type AncienPass = {
  numero: number
  serie: string
  etat: EtatAncien
  dateFin: string
  preuve: string | null
  /** It is a pass of ours already, by an earlier take-over. */
  connu: boolean
}

export type RepriseFacts = {
  today: string
  toleranceJours: number
  /** The last end of validity that the convention would give today. */
  dateFinMax: string
  fondsCentimes: Centimes
  valeurFacialeCentimes: Centimes
}

export type Decision = { numero: number; motif: RepriseMotif | null }

const ruleOf = (pass: AncienPass, { today, toleranceJours, dateFinMax }: RepriseFacts): RepriseMotif | null => {
  if (pass.etat === 'utilise') return 'deja_utilise'
  if (pass.etat === 'impaye') return 'impaye'
  if (pass.connu) return 'deja_repris'
  if (lastAcceptedDay(pass.dateFin, toleranceJours) < today) return 'expire'
  if (pass.dateFin > dateFinMax) return 'validite_trop_longue'
  return pass.preuve ? null : 'preuve_absente'
}

/**
 * Which pass are honoured, and why the others are not: state, dates, proof, then the cover. A carnet is covered whole or not at
 * all, in the order of the file, as long as the funds last: a smaller one after it may still be.
 */
export const judgeReprise = (passes: readonly AncienPass[], facts: RepriseFacts): Decision[] => {
  const ruled = passes.map((pass) => ({ ...pass, motif: ruleOf(pass, facts) }))
  const worth = new Map<string, number>()
  for (const { serie, motif } of ruled) if (motif === null) worth.set(serie, (worth.get(serie) ?? 0) + facts.valeurFacialeCentimes)
  let left = facts.fondsCentimes
  const covered = new Set<string>()
  for (const [serie, centimes] of worth) {
    if (centimes > left) continue
    left -= centimes
    covered.add(serie)
  }
  return ruled.map(({ numero, serie, motif }) => ({ numero, motif: motif ?? (covered.has(serie) ? null : 'couverture_insuffisante') }))
}

/** The most lots that one file makes: one a number of honoured pass and an end of validity. */
export const REPRISE_LOTS_MAX = 40

/** Why a file cannot be deposited: not while a job works on it, never once applied. */
export const whyNotDeposit = ({ statut }: { statut: RepriseStatut }): Refusal | null => {
  if (allows(repriseMachine, 'deposit', statut)) return null
  if (statut === 'appliquee') return refuse('reprise_statut', 'Ces carnets sont déjà repris. Ouvrez une autre reprise.')
  return refuse('reprise_statut', 'Un fichier est en cours de traitement. Patientez un instant.')
}

type Applicable = { statut: RepriseStatut; honores: number; pieces: number; montantCentimes: Centimes; fondsCentimes: Centimes }

/** Why a take-over is not applied: its lines all read, a pass to honour, a proof kept, and the funds still there. */
export const whyNotApplyReprise = ({ statut, honores, pieces, montantCentimes, fondsCentimes }: Applicable): Refusal | null => {
  if (statut === 'ouverte') return refuse('reprise_statut', 'Déposez d’abord le fichier des carnets.')
  if (statut === 'en_erreur') return refuse('reprise_statut', 'Corrigez les lignes signalées, puis déposez le fichier de nouveau.')
  if (!allows(repriseMachine, 'take', statut)) return whyNotDeposit({ statut })
  if (honores === 0) return refuse('reprise_statut', 'Aucun pass de ce fichier ne peut être honoré : il n’y a rien à reprendre.')
  if (pieces === 0) return refuse('preuve_absente', 'Déposez d’abord la pièce qui prouve cette reprise.')
  const manque = montantCentimes - fondsCentimes
  return manque > 0
    ? refuse('couverture_insuffisante', `Il manque ${euros(manque)} : les fonds ont changé. Déposez le fichier de nouveau pour le rejuger.`)
    : null
}

/** What the file comes to, in words. */
export const repriseSentence = (honores: number, refuses: number): string =>
  `${plural(honores, 'pass honoré', 'pass honorés')}, ${plural(refuses, 'refusé')} (chaque ligne dit pourquoi).`

/** The end of validity of a line, and how it reads in the file of what was decided. */
export const decisionText = ({ motif, dateFin }: { motif: RepriseMotif | null; dateFin: string }): string =>
  motif === null ? `Honoré jusqu’au ${formatDay(dateFin)}` : REPRISE_MOTIF_LABELS[motif]
