import { allows, type Machine } from './machine.ts'
import { euros, type Centimes } from './money.ts'
import { type RedemptionStatut, UNDO_MS } from './redemptions.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A use paid for more than was done: asked by one person, decided by another, then withheld from a next bordereau. */
export const INCIDENT_STATUTS = ['demande', 'approuve', 'refuse', 'repris'] as const
export type IncidentStatut = (typeof INCIDENT_STATUTS)[number]
export const INCIDENT_LABELS: Record<IncidentStatut, string> = {
  demande: 'À décider',
  approuve: 'À retenir',
  refuse: 'Refusé',
  repris: 'Retenu',
}

/** `take` is the closing's: it withholds the amount from a bordereau of the same convention that is worth as much. */
export const incidentMachine = {
  approve: { from: ['demande'], to: 'approuve' },
  refuse: { from: ['demande'], to: 'refuse' },
  take: { from: ['approuve'], to: 'repris' },
} as const satisfies Machine<IncidentStatut>

/** A use as an incident sees it. */
export type UtilisationContestee = {
  statut: RedemptionStatut
  redeemedAt: Date
  montantCentimes: Centimes
  /** An incident of this use waits or was taken. */
  hasIncident: boolean
}

/** Why an incident cannot be asked: the structure can still undo, it is undone, it has one, or the amount is more than was paid. */
export const whyNotAskIncident = (
  { statut, redeemedAt, montantCentimes, hasIncident }: UtilisationContestee,
  { demandeCentimes, now }: { demandeCentimes: Centimes; now: Date },
): Refusal | null => {
  if (statut === 'annulee') return refuse('incident_impossible', 'Cette utilisation est annulée : rien n’est dû, rien n’est à retenir.')
  if (statut === 'a_payer' && now.getTime() - redeemedAt.getTime() < UNDO_MS)
    return refuse('incident_impossible', 'Cette utilisation peut encore être annulée par la structure : demandez-lui de le faire.')
  if (hasIncident) return refuse('incident_impossible', 'Un incident est déjà enregistré pour cette utilisation.')
  if (demandeCentimes > montantCentimes)
    return refuse('incident_montant', `Cette utilisation vaut ${euros(montantCentimes)} : on ne peut pas retenir davantage.`)
  return null
}

/** Why this person cannot decide: it is decided already, or they asked for it themselves. */
export const whyNotDecideIncident = ({
  statut,
  demandePar,
  par,
}: {
  statut: IncidentStatut
  demandePar: string
  par: string
}): Refusal | null => {
  if (!allows(incidentMachine, 'approve', statut))
    return refuse('incident_statut', `Cet incident est « ${INCIDENT_LABELS[statut]} » : il est déjà décidé.`)
  return demandePar === par ? refuse('meme_personne', 'Un incident se décide par une autre personne que celle qui le demande.') : null
}
