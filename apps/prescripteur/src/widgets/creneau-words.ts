import type { Creneau } from '@pass/contracts/creneaux.ts'
import { formatLongDay, formatTime } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'

/** « mardi 17 mars 2026, 14 h ». */
export const momentOf = ({ date, debut }: Pick<Creneau, 'date' | 'debut'>): string => `${formatLongDay(date)}, ${formatTime(debut)}`

/** What is left: seats, or how many people are before this one. */
export const placesOf = ({ placesLibres, enAttente }: Pick<Creneau, 'placesLibres' | 'enAttente'>): string => {
  if (placesLibres > 0) return plural(placesLibres, 'place libre', 'places libres')
  return enAttente === 0 ? 'Complet\u00a0: liste d’attente' : `Complet\u00a0: ${plural(enAttente, 'personne')} en attente`
}
