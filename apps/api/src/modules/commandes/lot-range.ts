import type { Commande } from '@pass/contracts/commandes.ts'
import type { Plage } from '@pass/domain/plages.ts'
import { parseSerie } from '@pass/domain/references.ts'

const serieOf = (texte: string): number => {
  const parsed = parseSerie(texte)
  if (!parsed.ok) throw new Error(`a lot holds a serial that is none: ${texte}`)
  return parsed.serie
}

/** The serials of the lot of a commande, as numbers. */
export const lotRange = ({ lot }: Pick<Commande, 'lot'>): Plage | null =>
  lot && { premiere: serieOf(lot.seriePremiere), derniere: serieOf(lot.serieDerniere) }
