import { whyNotCommande, type CommandeStatut } from './commandes.ts'
import { formatNumber, plural } from './money.ts'
import { formatRange, formatSerie } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

type Progress = { quantite: number; produits: number }

/** Why the carnets cannot be shipped: the commande is in production, and the job has written every one of them. */
export const whyNotShip = ({ statut, lot }: { statut: CommandeStatut; lot: Progress | null }): Refusal | null => {
  const refusal = whyNotCommande('ship', { statut })
  if (refusal) return refusal
  if (!lot) return refuse('commande_statut', 'Les carnets de cette commande ne sont pas encore produits.')
  if (lot.produits >= lot.quantite) return null
  return refuse(
    'commande_statut',
    `Production en cours : ${formatNumber(lot.produits)} sur ${plural(lot.quantite, 'carnet')}. Expédiez quand tous sont prêts.`,
  )
}

/** Why carnets cannot be printed: produced, and the key that their codes come from not destroyed yet. `de` and `nombre` count from 1. */
export const whyNotPrint = ({
  lot,
  cle,
  de,
  nombre,
}: {
  lot: Progress | null
  cle: boolean
  de: number
  nombre: number
}): Refusal | null => {
  if (!lot) return refuse('commande_statut', 'Les carnets de cette commande ne sont pas encore produits.')
  if (!cle) return refuse('commande_statut', 'La clé de ce lot est détruite : ses carnets ne peuvent plus être imprimés.')
  if (de > lot.quantite) return refuse('commande_statut', `Ce lot compte ${plural(lot.quantite, 'carnet')}.`)
  if (Math.min(de + nombre - 1, lot.quantite) <= lot.produits) return null
  return refuse('commande_statut', `Production en cours : ${formatNumber(lot.produits)} sur ${plural(lot.quantite, 'carnet')}.`)
}

/** Why missing carnets cannot be declared at the reception: each one belongs to the lot. Serials as numbers. */
export const whyNotReceive = (
  { statut, lot }: { statut: CommandeStatut; lot: { seriePremiere: number; serieDerniere: number } | null },
  manquants: readonly number[],
): Refusal | null => {
  const refusal = whyNotCommande('receive', { statut })
  if (refusal) return refusal
  if (!lot) return refuse('commande_statut', 'Les carnets de cette commande ne sont pas encore produits.')
  const stranger = manquants.find((serie) => serie < lot.seriePremiere || serie > lot.serieDerniere)
  if (stranger === undefined) return null
  return refuse(
    'plage_invalide',
    `Le carnet ${formatSerie(stranger)} n’est pas de ce lot : ${formatRange(lot.seriePremiere, lot.serieDerniere)}.`,
  )
}
