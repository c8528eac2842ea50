import { addDays, localDay, localTime } from '@pass/domain/days.ts'

/** First hour of a day when the present one is over. */
const MORNING = '09:00'

/** The next full hour in the lieu's zone, or tomorrow morning once the last one has struck. */
export const nextSlot = (now: Date, zone: string): { date: string; debut: string } => {
  const hour = Number(localTime(now, zone).slice(0, 2)) + 1
  const day = localDay(now, zone)
  return hour > 23 ? { date: addDays(day, 1), debut: MORNING } : { date: day, debut: `${String(hour).padStart(2, '0')}:00` }
}
