import type { Commande } from '@pass/contracts/commandes.ts'
import { COMMANDE_TOUR, type CommandeStatut } from '@pass/domain/commandes.ts'
import type { OrganisationType } from '@pass/domain/organisations.ts'

export type Tour = 'collectivite' | 'operateur'
export type NextStep = { titre: string; tour: Tour; detail?: string }

const ACTIVATION: NextStep = { titre: 'Activer les carnets', tour: 'operateur', detail: 'Les pass ne valent rien avant cette étape.' }

/** The path of a commande that meets no correction: what leads out of each statut. */
const PATH: readonly (NextStep & { statut: CommandeStatut })[] = [
  { statut: 'brouillon', titre: 'Établir le devis', tour: 'operateur' },
  { statut: 'devis', titre: 'Signer le devis', tour: 'collectivite' },
  { statut: 'signee', titre: 'Proposer la maquette', tour: 'operateur' },
  { statut: 'maquette_a_valider', titre: 'Valider la maquette', tour: 'collectivite' },
  { statut: 'maquette_validee', titre: 'Produire les carnets', tour: 'operateur' },
  { statut: 'en_production', titre: 'Expédier les carnets', tour: 'operateur' },
  { statut: 'expediee', titre: 'Recevoir les carnets', tour: 'collectivite' },
]

/** Face value of the carnets received that wait for their activation, in centimes. */
export const activableCentimes = ({ carnetsActivables, carnetTaille, valeurFacialeCentimes }: Commande): number =>
  carnetsActivables * carnetTaille * valeurFacialeCentimes

const BILLING: NextStep = { titre: 'Établir la facture', tour: 'operateur' }

// When every carnet received is active: the invoice is paid, and the commande closed.
const afterActivation = ({ statut, facture }: Commande): NextStep[] => {
  if (statut === 'close') return []
  const closing: NextStep = { titre: 'Clore la commande', tour: 'operateur' }
  if (facture === null) return [BILLING, closing]
  return facture.statut === 'payee' ? [closing] : [{ titre: 'Payer la facture', tour: 'collectivite' }, closing]
}

// After the delivery: the invoice, the mandat, the money, the activation.
const afterDelivery = (commande: Commande): NextStep[] => {
  if (commande.carnetsActivables === 0) return afterActivation(commande)
  const missing = commande.fondsCentimes !== null && commande.fondsCentimes < activableCentimes(commande)
  return [
    ...(commande.facture === null ? [BILLING] : []),
    ...(commande.numeroMandat === null ? [{ titre: 'Indiquer le numéro de mandat', tour: 'collectivite' as const }] : []),
    ...(missing ? [{ titre: 'Verser les fonds', tour: 'collectivite' as const }] : []),
    ACTIVATION,
  ]
}

/** What comes next, in order, and whose turn it is; nothing for a commande cancelled or entirely active. */
export const nextSteps = (commande: Commande): NextStep[] => {
  const { statut } = commande
  if (statut === 'annulee') return []
  if (statut === 'livree' || statut === 'close') return afterDelivery(commande)
  if (statut === 'maquette_refusee') return [{ titre: 'Corriger la maquette', tour: 'operateur' }, ...PATH.slice(3), ACTIVATION]
  return [...PATH.slice(PATH.findIndex((step) => step.statut === statut)), ACTIVATION]
}

const WORDS: Record<Tour, string> = { collectivite: 'Collectivité', operateur: 'Opérateur' }

/** « À vous », « Opérateur »… by who is looking. */
export const tourInWords = (tour: Tour | null, reader: OrganisationType): string =>
  tour === null ? 'Personne' : tour === reader ? 'À vous' : WORDS[tour]

/** Whose turn it is, from the statut alone, for a list. */
export const tourOf = (statut: CommandeStatut): Tour | null => COMMANDE_TOUR[statut]
