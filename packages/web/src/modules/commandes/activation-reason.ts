import type { Commande } from '@pass/contracts/commandes.ts'
import { whyNotActivateCarnets } from '@pass/domain/activations.ts'
import type { Refusal } from '@pass/domain/refusal.ts'

/** Why `carnets` carnets cannot be activated now, by the rule that the server applies; null also for who reads no account. */
export const activationRefusal = (commande: Commande, carnets: number): Refusal | null => {
  const { statut, numeroMandat, fondsCentimes, carnetTaille, valeurFacialeCentimes, carnetsActivables } = commande
  if (fondsCentimes === null) return null
  return whyNotActivateCarnets({
    statutCommande: statut,
    numeroMandat,
    carnets,
    activables: carnetsActivables,
    fondsCentimes,
    valeurCarnetCentimes: carnetTaille * valeurFacialeCentimes,
  })
}

/** How many carnets the funds received allow now, never more than those that wait. */
export const activableNow = ({ fondsCentimes, carnetTaille, valeurFacialeCentimes, carnetsActivables }: Commande): number =>
  Math.max(0, Math.min(carnetsActivables, Math.floor((fondsCentimes ?? 0) / (carnetTaille * valeurFacialeCentimes))))
