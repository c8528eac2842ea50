import type { Commande } from '@pass/contracts/commandes.ts'
import { whyNotActivate } from '@pass/domain/activations.ts'
import { parseSerie } from '@pass/domain/references.ts'
import type { Refusal } from '@pass/domain/refusal.ts'

const rankOf = (text: string): number => {
  const answer = parseSerie(text)
  return answer.ok ? answer.serie : 0
}

/**
 * Why `carnets` carnets cannot be activated now, told by the domain's own rule; null also for who reads no account. The server
 * chooses the range (the first ones not yet active), so the range given here is only as long as the one asked for.
 */
export const whyNotActivateNext = (commande: Commande, carnets: number): Refusal | null => {
  const { lot, statut, numeroMandat, fondsCentimes, carnetTaille, valeurFacialeCentimes } = commande
  if (fondsCentimes === null) return null
  const premiere = lot ? rankOf(lot.seriePremiere) : 1
  const serieDerniere = premiere + Math.max(1, carnets) - 1
  return whyNotActivate({
    statutCommande: statut,
    numeroMandat,
    seriePremiere: premiere,
    serieDerniere,
    lot: { seriePremiere: premiere, serieDerniere: lot ? rankOf(lot.serieDerniere) : serieDerniere },
    dejaActives: [],
    fondsCentimes,
    montantCentimes: carnets * carnetTaille * valeurFacialeCentimes,
  })
}

/** How many carnets the funds received allow now, never more than those that wait. */
export const activableNow = ({ fondsCentimes, carnetTaille, valeurFacialeCentimes, carnetsActivables }: Commande): number =>
  Math.max(0, Math.min(carnetsActivables, Math.floor((fondsCentimes ?? 0) / (carnetTaille * valeurFacialeCentimes))))
