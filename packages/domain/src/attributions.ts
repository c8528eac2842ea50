import { allows, type Machine } from './machine.ts'
import { refuse, type Refusal } from './refusal.ts'

/** An attribution sends a range of carnets from one custodian to another; until it is acknowledged the sender answers for them. */
export const ATTRIBUTION_STATUTS = ['envoyee', 'accusee', 'annulee'] as const
export type AttributionStatut = (typeof ATTRIBUTION_STATUTS)[number]

export const ATTRIBUTION_LABELS: Record<AttributionStatut, string> = {
  envoyee: 'En route',
  accusee: 'Reçue',
  annulee: 'Annulée',
}

export const attributionMachine = {
  acknowledge: { from: ['envoyee'], to: 'accusee' },
  cancel: { from: ['envoyee'], to: 'annulee' },
} as const satisfies Machine<AttributionStatut>

/** What an attribution is: from the collectivité, between prescripteurs, or back. */
export const ATTRIBUTION_SENS = ['attribution', 'transfert', 'retour'] as const
export type AttributionSens = (typeof ATTRIBUTION_SENS)[number]
export const ATTRIBUTION_SENS_LABELS: Record<AttributionSens, string> = {
  attribution: 'Attribution',
  transfert: 'Transfert',
  retour: 'Retour',
}

/** Days without an acknowledgement after which the sender is told (ux.md A15). */
export const ACCUSE_RELANCE_JOURS = 7

/** Why the receipt cannot be confirmed. */
export const whyNotAcknowledgeAttribution = ({ statut }: { statut: AttributionStatut }): Refusal | null =>
  allows(attributionMachine, 'acknowledge', statut)
    ? null
    : refuse(
        'attribution_statut',
        statut === 'accusee' ? 'La réception de ces carnets est déjà confirmée.' : 'Cette attribution a été annulée.',
      )

/** Why the sender cannot take the carnets back on the way: only before the receipt is confirmed. */
export const whyNotCancelAttribution = ({ statut }: { statut: AttributionStatut }): Refusal | null =>
  allows(attributionMachine, 'cancel', statut)
    ? null
    : refuse(
        'attribution_statut',
        statut === 'accusee' ? 'Ces carnets ont été reçus : demandez leur retour.' : 'Cette attribution est déjà annulée.',
      )
