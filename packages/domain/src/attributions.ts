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

/** Who looks at it: who sends, who receives, or the collectivité watching two of its prescripteurs. */
export const ATTRIBUTION_POSITIONS = ['expediteur', 'destinataire', 'tiers'] as const
export type AttributionPosition = (typeof ATTRIBUTION_POSITIONS)[number]

/** Days without an acknowledgement after which the sender is told (ux.md A15). */
export const ACCUSE_RELANCE_JOURS = 7

/** The instant before which a parcel still on its way is late. */
export const lateBefore = (now: Date): Date => new Date(now.getTime() - ACCUSE_RELANCE_JOURS * 86_400_000)

/** True when a parcel has been on its way for more than seven days: somebody should ask where it is. */
export const isLate = ({ statut, envoyeeAt }: { statut: AttributionStatut; envoyeeAt: Date }, now: Date): boolean =>
  statut === 'envoyee' && envoyeeAt < lateBefore(now)

/** Why the receipt cannot be confirmed: by who receives, once. */
export const whyNotAcknowledgeAttribution = ({
  statut,
  position = 'destinataire',
}: {
  statut: AttributionStatut
  position?: AttributionPosition
}): Refusal | null => {
  if (position !== 'destinataire') return refuse('attribution_statut', 'La réception est confirmée par qui reçoit les carnets.')
  if (allows(attributionMachine, 'acknowledge', statut)) return null
  return refuse(
    'attribution_statut',
    statut === 'accusee' ? 'La réception de ces carnets est déjà confirmée.' : 'Cette attribution a été annulée.',
  )
}

/** Why the carnets cannot be called back on the way: by who sends them or by the collectivité, before the receipt is confirmed. */
export const whyNotCancelAttribution = ({
  statut,
  position = 'expediteur',
}: {
  statut: AttributionStatut
  position?: AttributionPosition
}): Refusal | null => {
  if (position === 'destinataire')
    return refuse('attribution_statut', 'Un envoi est rappelé par qui l’a fait. Confirmez la réception, puis retournez les carnets.')
  if (allows(attributionMachine, 'cancel', statut)) return null
  return refuse(
    'attribution_statut',
    statut === 'accusee' ? 'Ces carnets ont été reçus : demandez leur retour.' : 'Cette attribution est déjà annulée.',
  )
}

/** Why carnets cannot go from one to the other: two different places. */
export const whyNotTransfer = ({ de, vers }: { de: string | null; vers: string | null }): Refusal | null =>
  de === vers ? refuse('transfert_non_permis', 'L’envoi part d’un endroit et arrive dans un autre : changez le destinataire.') : null
