import { whyNotCommande, type CommandeStatut } from './commandes.ts'
import { formatNumber, plural } from './money.ts'
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

/** Carnets on their way whose departure is still being written, above `EN_ARRIERE_PLAN`. */
const stillWriting = (what: string): Refusal =>
  refuse('commande_statut', `${what} est en cours d’enregistrement. Réessayez dans une minute.`)

/** Why a lot cannot be received yet. `enCours`: its departure is still being written. */
export const whyNotReceive = ({
  statut,
  lot,
  enCours = false,
}: {
  statut: CommandeStatut
  lot: object | null
  enCours?: boolean
}): Refusal | null => {
  const refusal = whyNotCommande('receive', { statut })
  if (refusal) return refusal
  if (!lot) return refuse('commande_statut', 'Les carnets de cette commande ne sont pas encore produits.')
  return enCours ? stillWriting('L’expédition') : null
}

/** Why the cartons of a lot cannot be made: it is in production, and a bundle is not more than a carton. */
export const whyNotPack = (
  { statut, lot }: { statut: CommandeStatut; lot: object | null },
  { parCarton, parPaquet }: { parCarton: number; parPaquet: number },
): Refusal | null => {
  if (statut !== 'en_production' || !lot)
    return refuse('commande_statut', 'Les cartons se préparent après le lancement de la production, et avant l’expédition.')
  return parPaquet > parCarton ? refuse('plage_invalide', 'Un paquet ne compte pas plus de carnets que son carton.') : null
}
