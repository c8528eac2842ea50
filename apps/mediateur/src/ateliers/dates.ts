import { addDays } from '@pass/domain/days.ts'

const WEEK = 7

/** The dates of a series: the first one, then every so many weeks. */
export const serieDates = ({ premier, nombre, semaines }: { premier: string; nombre: number; semaines: number }): string[] =>
  Array.from({ length: nombre }, (_, rank) => addDays(premier, rank * semaines * WEEK))

/** Where a copy most often goes: the same weekday of the next weeks, never in the past. */
export const copyDates = (date: string, today: string): string[] => {
  const dates: string[] = []
  for (let day = addDays(date, WEEK); dates.length < 3; day = addDays(day, WEEK)) if (day >= today) dates.push(day)
  return dates
}
