import { COMMANDE_LABELS, type CommandeStatut } from './commandes.ts'
import { euros, formatNumber, plural, type Centimes } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

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
