/** A legal day is a text `YYYY-MM-DD`, compared as text. Nothing here reads a clock: days and instants come as values. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const DAY_MS = 86_400_000

export const PARIS = 'Europe/Paris'

const utc = (day: string): number => {
  const ms = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms)) throw new RangeError(`not a day: ${day}`)
  return ms
}
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** True for a day of the calendar (`2026-02-29` is not one). */
export const isDay = (text: string): boolean => {
  const ms = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(ms) && dayOf(ms) === text
}

/** The day `n` days later, earlier when negative. */
export const addDays = (day: string, n: number): string => dayOf(utc(day) + n * DAY_MS)

/** Days from `from` to `to`, negative when `to` comes first. */
export const dayDiff = (from: string, to: string): number => (utc(to) - utc(from)) / DAY_MS

/** True for a Monday. */
export const isMonday = (day: string): boolean => new Date(utc(day)).getUTCDay() === 1

/** True for a month `YYYY-MM`. */
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

/** The month of a day: `2026-03-10` → `2026-03`. */
export const monthOf = (day: string): string => day.slice(0, 7)

/** The month `n` months later: `addMonth('2026-12', 1)` → `2027-01`. */
export const addMonth = (mois: string, n: number): string => {
  const count = Number(mois.slice(0, 4)) * 12 + Number(mois.slice(5, 7)) - 1 + n
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((((count % 12) + 12) % 12) + 1).padStart(2, '0')}`
}

/** First and last day of a month. */
export const monthBounds = (mois: string): { debut: string; fin: string } => ({
  debut: `${mois}-01`,
  fin: addDays(`${addMonth(mois, 1)}-01`, -1),
})

/** The last day of the month of `day`. */
export const endOfMonth = (day: string): string => monthBounds(monthOf(day)).fin

/** The same day `n` months later, or the last day of that month: `addMonths('2026-01-31', 1)` → `2026-02-28`. */
export const addMonths = (day: string, n: number): string => {
  const { debut, fin } = monthBounds(addMonth(monthOf(day), n))
  const same = debut.slice(0, 8) + day.slice(8)
  return same > fin ? fin : same
}

type Parts = Record<Intl.DateTimeFormatPartTypes, string>
const MINUTE_MS = 60_000
/** The last minute asked for in each zone: every request of that minute asks for the same one. */
const lastParts = new Map<string, { minute: number; parts: Parts }>()
const partsIn = (at: Date, zone: string): Parts => {
  const minute = Math.floor(at.getTime() / MINUTE_MS)
  const last = lastParts.get(zone)
  if (last?.minute === minute) return last.parts
  const parts = formatParts(at, zone)
  lastParts.set(zone, { minute, parts })
  return parts
}

const formats = new Map<string, Intl.DateTimeFormat>()
const formatParts = (at: Date, zone: string): Parts => {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(zone, format)
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value])) as Parts
}

/** The day it is at this instant in a zone (`America/Cayenne`, `Indian/Reunion`…). */
export const localDay = (at: Date, zone: string): string => {
  const { year, month, day } = partsIn(at, zone)
  return `${year.padStart(4, '0')}-${month}-${day}`
}

/** The time of day at this instant in a zone, `HH:MM`. */
export const localTime = (at: Date, zone: string): string => {
  const { hour, minute } = partsIn(at, zone)
  return `${hour}:${minute}`
}

/** The legal day in Paris. */
export const parisDay = (at: Date): string => localDay(at, PARIS)

export const DEMI_JOURNEES = ['matin', 'apres_midi'] as const
export type DemiJournee = (typeof DEMI_JOURNEES)[number]

/** Half day of an instant in the lieu's zone: before 13:00, or from 13:00 (domain.md section 6, check 12). */
export const demiJournee = (at: Date, zone: string): DemiJournee => (localTime(at, zone) < '13:00' ? 'matin' : 'apres_midi')

/**
 * The instant of a day and a time `HH:MM` in a zone. An hour that occurs twice (end of summer time) is the first one; an hour
 * that does not exist (its start) is the one shown by a clock that was not put forward.
 */
export const zonedInstant = (day: string, time: string, zone: string): Date => {
  const wall = Date.parse(`${day}T${time}:00Z`)
  if (Number.isNaN(wall)) throw new RangeError(`not an instant: ${day} ${time}`)
  const offset = (ms: number) => Date.parse(`${localDay(new Date(ms), zone)}T${localTime(new Date(ms), zone)}:00Z`) - ms
  const before = wall - offset(wall - DAY_MS)
  const after = wall - offset(wall + DAY_MS)
  const shows = (ms: number) => ms + offset(ms) === wall
  return new Date(shows(before) || !shows(after) ? before : after)
}

const DAY_NAMES = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'] as const
const MONTH_NAMES = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const

/** `2026-11-21` → `21/11/2026`, for tables. */
export const formatDay = (day: string): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

/** `2026-11-21` → `samedi 21 novembre 2026`, for sentences. */
export const formatLongDay = (day: string): string => {
  const date = Number(day.slice(8, 10))
  return `${DAY_NAMES[new Date(utc(day)).getUTCDay()]} ${date === 1 ? '1er' : date} ${formatMonth(monthOf(day))}`
}

/** `2026-03` → `mars 2026`. */
export const formatMonth = (mois: string): string => `${MONTH_NAMES[Number(mois.slice(5, 7)) - 1]} ${mois.slice(0, 4)}`

/** `14:10` → `14 h 10`, `09:00` → `9 h`. */
export const formatTime = (time: string): string => {
  const [hour = '', minute = ''] = time.split(':')
  return `${Number(hour)} h${minute === '00' ? '' : ` ${minute}`}`
}

/** Minutes as people say them: `90` → `1 h 30`, `45` → `45 min`. */
export const formatDuration = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : formatTime(`${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`)

/** An instant in a zone, for sentences: `12/03/2026 à 14 h 10`. */
export const formatInstant = (at: Date, zone: string): string => `${formatDay(localDay(at, zone))} à ${formatTime(localTime(at, zone))}`
