import { refuse, type Refusal } from './refusal.ts'

export const RECLAMATION_STATUTS = ['ouverte', 'acceptee', 'refusee'] as const
export type ReclamationStatut = (typeof RECLAMATION_STATUTS)[number]
export const RECLAMATION_LABELS: Record<ReclamationStatut, string> = {
  ouverte: 'En attente de l’opérateur',
  acceptee: 'Acceptée',
  refusee: 'Refusée',
}

/** What the operator answers to a claim. */
export const RECLAMATION_DECISIONS = ['acceptee', 'refusee'] as const
export type ReclamationDecision = (typeof RECLAMATION_DECISIONS)[number]

/** Why a claim cannot be answered: it was. */
export const whyNotAnswer = ({ statut }: { statut: ReclamationStatut }): Refusal | null =>
  statut === 'ouverte' ? null : refuse('reclamation_statut')
