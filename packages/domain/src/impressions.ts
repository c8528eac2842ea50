import { addDays, formatDay } from './days.ts'
import { formatNumber, plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A print file: data for a printer, or pages to print and cut oneself. */
export const IMPRESSION_FORMATS = ['csv', 'pdf'] as const
export type ImpressionFormat = (typeof IMPRESSION_FORMATS)[number]
export const IMPRESSION_FORMAT_LABELS: Record<ImpressionFormat, string> = { csv: 'Fichier pour un imprimeur', pdf: 'Pages à imprimer' }

export const IMPRESSION_STATUTS = ['en_preparation', 'prete', 'retiree', 'detruite'] as const
export type ImpressionStatut = (typeof IMPRESSION_STATUTS)[number]
export const IMPRESSION_LABELS: Record<ImpressionStatut, string> = {
  en_preparation: 'En préparation',
  prete: 'Prêt à retirer',
  retiree: 'Retiré',
  detruite: 'Détruit',
}

/** Days that the key of a lot lives after its print file is taken (reliability.md section 4). */
export const LOT_CLE_JOURS = 7

/** The day the codes of a lot can no longer be derived, from the day its print file was taken. */
export const keyEndOf = (dateRetrait: string): string => addDays(dateRetrait, LOT_CLE_JOURS)

type LotFacts = { quantite: number; produits: number }

/** Why a print file cannot be asked for: every carnet is written, the key lives, and the file was not made before. */
export const whyNotAskImpression = ({
  lot,
  cle,
  faites,
  format,
}: {
  lot: LotFacts | null
  cle: boolean
  faites: readonly ImpressionFormat[]
  format: ImpressionFormat
}): Refusal | null => {
  if (!lot) return refuse('commande_statut', 'Les carnets de cette commande ne sont pas encore produits.')
  if (!cle) return refuse('impression_statut', 'La clé de ce lot est détruite : ses carnets ne peuvent plus être imprimés.')
  if (lot.produits < lot.quantite)
    return refuse('commande_statut', `Production en cours : ${formatNumber(lot.produits)} sur ${plural(lot.quantite, 'carnet')}.`)
  return faites.includes(format) ? refuse('impression_statut', 'Ce fichier a déjà été demandé : il se prépare une seule fois.') : null
}

type Taken = { statut: ImpressionStatut; retireeNom: string | null; dateRetrait: string | null; present?: boolean }

/** Why a print file cannot be taken: ready, never taken before, and still kept (`present`). */
export const whyNotTake = ({ statut, retireeNom, dateRetrait, present = true }: Taken): Refusal | null => {
  if (statut === 'prete')
    return present
      ? null
      : refuse('impression_statut', 'Ce fichier n’est plus conservé. Prévenez l’assistance : ces carnets seront remplacés.')
  if (statut === 'en_preparation') return refuse('impression_statut', 'Ce fichier est en préparation. Revenez dans quelques instants.')
  if (statut === 'detruite') return refuse('impression_statut', 'La clé de ce lot est détruite : ce fichier ne s’ouvre plus.')
  const when = retireeNom && dateRetrait ? ` par ${retireeNom} le ${formatDay(dateRetrait)}` : ''
  return refuse('impression_statut', `Ce fichier a déjà été retiré${when}. Il ne se retire qu’une fois : un carnet perdu se remplace.`)
}
