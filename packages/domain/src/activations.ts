import { COMMANDE_LABELS, type CommandeStatut } from './commandes.ts'
import { euros, formatNumber, plural, type Centimes } from './money.ts'
import { formatRange, rangeSize } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/** An inclusive range of serials. */
export type Range = { seriePremiere: number; serieDerniere: number }

type ActivationFacts = Range & {
  statutCommande: CommandeStatut
  /** Number of the buyer's mandat de paiement, as typed. */
  numeroMandat: string | null
  /** Range of the whole lot. */
  lot: Range
  /** Ranges of the lot already active. */
  dejaActives: readonly Range[]
  /** Balance of the account `fonds` of the convention. */
  fondsCentimes: Centimes
  /** Face value of the range asked for. */
  montantCentimes: Centimes
}

/**
 * Why a range of a lot cannot be activated (domain.md section 3; acceptance E14): delivered, mandat number given, inside the lot,
 * not active yet, covered by the funds received. `couverture_insuffisante` says what is missing and how many carnets would pass.
 */
export const whyNotActivate = (facts: ActivationFacts): Refusal | null => {
  const { statutCommande, numeroMandat, seriePremiere, serieDerniere, lot, dejaActives, fondsCentimes, montantCentimes } = facts
  if (statutCommande !== 'livree' && statutCommande !== 'close')
    return refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statutCommande]} » : les carnets s’activent après leur livraison.`)
  if (!numeroMandat?.trim()) return refuse('mandat_absent')
  const carnets = rangeSize(seriePremiere, serieDerniere)
  if (carnets === 0) return refuse('plage_invalide', 'Le dernier numéro doit suivre le premier, dans la même année.')
  if (seriePremiere < lot.seriePremiere || serieDerniere > lot.serieDerniere)
    return refuse('plage_invalide', `Cette plage sort du lot : ${formatRange(lot.seriePremiere, lot.serieDerniere)}.`)
  const overlap = dejaActives.find((active) => active.seriePremiere <= serieDerniere && active.serieDerniere >= seriePremiere)
  if (overlap)
    return refuse('plage_deja_active', `Ces carnets sont déjà activés : ${formatRange(overlap.seriePremiere, overlap.serieDerniere)}.`)
  if (montantCentimes <= fondsCentimes) return null
  const possible = Math.max(0, Math.floor((fondsCentimes * carnets) / montantCentimes))
  return refuse(
    'couverture_insuffisante',
    `Il manque ${euros(montantCentimes - fondsCentimes)} : les fonds reçus permettent d’activer ${plural(possible, 'carnet')} sur ${formatNumber(carnets)}.`,
  )
}

type CountFacts = {
  statutCommande: CommandeStatut
  numeroMandat: string | null
  /** How many carnets are asked for. */
  carnets: number
  /** Carnets of the lot received, neither blocked nor active. */
  activables: number
  /** Balance of the account `fonds` of the convention. */
  fondsCentimes: Centimes
  /** Face value of one carnet. */
  valeurCarnetCentimes: Centimes
}

/**
 * Why this many carnets, from the first not yet active, cannot be activated: delivered, mandat number given, that many received,
 * covered by the funds. `couverture_insuffisante` says what is missing and how many carnets would pass (acceptance E14).
 */
export const whyNotActivateCarnets = (facts: CountFacts): Refusal | null => {
  const { statutCommande, numeroMandat, carnets, activables, fondsCentimes, valeurCarnetCentimes } = facts
  if (statutCommande !== 'livree' && statutCommande !== 'close')
    return refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statutCommande]} » : les carnets s’activent après leur livraison.`)
  if (!numeroMandat?.trim()) return refuse('mandat_absent')
  if (carnets > activables)
    return refuse('plage_invalide', `Il reste ${plural(activables, 'carnet')} à activer dans cette commande (reçus et non bloqués).`)
  const manque = carnets * valeurCarnetCentimes - fondsCentimes
  if (manque <= 0) return null
  const possible = Math.max(0, Math.floor(fondsCentimes / valeurCarnetCentimes))
  return refuse(
    'couverture_insuffisante',
    `Il manque ${euros(manque)} : les fonds reçus permettent d’activer ${plural(possible, 'carnet')} sur ${formatNumber(carnets)}.`,
  )
}
