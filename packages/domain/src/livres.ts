import { addMonth, dayDiff, formatInstant, formatMonth, PARIS, zonedInstant } from './days.ts'
import { plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** The books of a month are closed two days after its end at the earliest: what was begun before midnight is written by then. */
export const LIVRE_DELAI_JOURS = 2

/** Days that a chart or a file of the ledger may cover at once. */
export const PERIODE_JOURS_MAX = 800

/** The first instant after a month, in Paris: what is posted from then on belongs to the next one. */
export const monthEnd = (mois: string): Date => zonedInstant(`${addMonth(mois, 1)}-01`, '00:00', PARIS)

/** The first instant after a day, in Paris: a balance « au 28/02 » holds what was posted before it. */
export const dayEnd = (day: string): Date => zonedInstant(nextDay(day), '00:00', PARIS)

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

type BooksFacts = {
  mois: string
  now: Date
  /** The last month closed, null when none is. */
  dernierClos: string | null
  /** The month of the first line of the ledger, null when it has none. */
  premierMois: string | null
  /** Bad rows of the last run of the checks, null when they never ran. */
  ecarts: number | null
}

const openAt = (mois: string): Date => zonedInstant(`${addMonth(mois, 1)}-0${LIVRE_DELAI_JOURS + 1}`, '00:00', PARIS)

/** The oldest month that is not closed yet, null when the ledger is empty. */
export const nextToClose = ({ dernierClos, premierMois }: Pick<BooksFacts, 'dernierClos' | 'premierMois'>): string | null =>
  dernierClos === null ? premierMois : addMonth(dernierClos, 1)

/** Why something does not balance: nothing is closed on books that disagree, nor on books that nobody checked. */
export const whyNotBalanced = (ecarts: number | null): Refusal | null => {
  if (ecarts === null)
    return refuse('ecart_comptable', 'Les contrôles du grand livre n’ont jamais été faits : lancez-les, puis recommencez.')
  if (ecarts === 0) return null
  return refuse(
    'ecart_comptable',
    `Les contrôles du grand livre ont trouvé ${plural(ecarts, 'écart')} : rien ne se clôt tant qu’ils ne sont pas expliqués.`,
  )
}

/** Why the books of a month cannot be closed: in their order, once, after their end, and only when every check is empty. */
export const whyNotCloseBooks = ({ mois, now, dernierClos, premierMois, ecarts }: BooksFacts): Refusal | null => {
  if (dernierClos !== null && mois <= dernierClos) return refuse('mois_clos')
  if (now < openAt(mois))
    return refuse('mois_en_cours', `Les comptes de ${formatMonth(mois)} se closent à partir du ${formatInstant(openAt(mois), PARIS)}.`)
  const next = nextToClose({ dernierClos, premierMois })
  if (next !== null && mois > next)
    return refuse('mois_precedent_ouvert', `Les comptes de ${formatMonth(next)} sont encore ouverts : closez-les d’abord.`)
  return whyNotBalanced(ecarts)
}

/** Why a period cannot be shown: it ends before it starts, or is too long for one page. */
export const whyNotPeriod = (du: string, au: string): Refusal | null => {
  if (au < du) return refuse('demande_malformee', 'La période finit avant de commencer.')
  if (dayDiff(du, au) >= PERIODE_JOURS_MAX)
    return refuse('demande_malformee', `La période compte plus de ${plural(PERIODE_JOURS_MAX, 'jour')} : choisissez-en une plus courte.`)
  return null
}
