import { addDays, addMonth, dayDiff, endOfMonth, monthOf } from '@pass/domain/days.ts'

/** How the ateliers are looked at; the list is the only one that pages. */
export const VUES = ['semaine', 'mois', 'liste'] as const
export type Vue = (typeof VUES)[number]
export const VUE_LABELS: Record<Vue, string> = { semaine: 'Semaine', mois: 'Mois', liste: 'Liste' }
export type Periode = Exclude<Vue, 'liste'>

const A_MONDAY = '2024-01-01'

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string => {
  const rest = dayDiff(A_MONDAY, day) % 7
  return addDays(day, -(rest < 0 ? rest + 7 : rest))
}

const days = (from: string, count: number): string[] => Array.from({ length: count }, (_, rank) => addDays(from, rank))

/** The days shown: one week, or the whole weeks that hold a month. */
export const shownDays = (periode: Periode, day: string): string[] => {
  if (periode === 'semaine') return days(mondayOf(day), 7)
  const first = mondayOf(`${monthOf(day)}-01`)
  return days(first, dayDiff(first, mondayOf(endOfMonth(day))) + 7)
}

/** The day that stands for the period before (-1) or after (1). */
export const otherPeriod = (periode: Periode, day: string, n: 1 | -1): string =>
  periode === 'semaine' ? addDays(mondayOf(day), 7 * n) : `${addMonth(monthOf(day), n)}-01`
