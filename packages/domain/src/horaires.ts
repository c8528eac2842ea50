import OpeningHours from 'opening_hours'
import { formatTime, localDay, localTime } from './days.ts'

/** Where the library looks up public holidays. School holidays depend on the zone and are not read. */
const FRANCE = { lat: 46.6, lon: 2.4, address: { country_code: 'fr', state: '' } }
const MINUTE_MS = 60_000

const read = (osm: string): OpeningHours | null => {
  if (osm.trim() === '' || /\bSH\b/.test(osm)) return null
  try {
    return new OpeningHours(osm, FRANCE)
  } catch {
    return null
  }
}

/** The library reasons on local clock fields: these dates carry a lieu's own wall clock, in whatever zone the process runs. */
const wallDate = (day: string, time = '00:00'): Date => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return new Date(year, month - 1, date, hour, minute)
}

/** Monday of week `n` after a week of June 2026 without public holiday, the usual week. */
const monday = (n: number) => new Date(2026, 5, 8 + 7 * n)

/**
 * Minutes open in a week, from an OpenStreetMap opening_hours text: the usual week, or the median week of a year when weeks differ
 * (public holidays then weigh nothing, alternate weeks count half). Hours by appointment only do not count. Null when it cannot be read.
 */
export const weeklyMinutes = (osm: string): number | null => {
  const hours = read(osm)
  if (!hours) return null
  const minutesOf = (n: number) => Math.round(hours.getOpenDuration(monday(n), monday(n + 1))[0] / MINUTE_MS)
  if (hours.isWeekStable()) return minutesOf(0)
  const weeks = Array.from({ length: 52 }, (_, n) => minutesOf(n)).toSorted((a, b) => a - b)
  return Math.floor((weeks[25]! + weeks[26]!) / 2)
}

/** True when the lieu is open at this instant in its zone; null when the hours cannot be read. */
export const isOpenAt = (osm: string, at: Date, zone: string): boolean | null =>
  read(osm)?.getState(wallDate(localDay(at, zone), localTime(at, zone))) ?? null

/** Until when the lieu is open today, `HH:MM` in its zone; null when it is closed now, never closes or cannot be read. */
export const openUntil = (osm: string, at: Date, zone: string): string | null => {
  const hours = read(osm)
  const wall = wallDate(localDay(at, zone), localTime(at, zone))
  const end = hours?.getState(wall) ? hours.getNextChange(wall) : undefined
  return end ? `${String(end.getHours()).padStart(2, '0')}:${String(end.getMinutes()).padStart(2, '0')}` : null
}

const DAYS_FR = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const
const DAYS_OSM = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const

/** Runs of neighbouring days with the same hours, closed days left out. */
const runsOf = (days: readonly string[]): { from: number; to: number; hours: string }[] => {
  const runs: { from: number; to: number; hours: string }[] = []
  for (const [day, hours] of days.entries()) {
    const last = runs.at(-1)
    if (last && last.hours === hours && last.to === day - 1) last.to = day
    else if (hours !== '') runs.push({ from: day, to: day, hours })
  }
  return runs
}

const wallTime = (date: Date) => formatTime(`${date.getHours()}:${String(date.getMinutes()).padStart(2, '0')}`)

/** The usual week in French, one line a run of days with the same hours, then what bends it. Empty when it cannot be read. */
export const hoursLines = (osm: string): string[] => {
  const hours = read(osm)
  if (!hours) return []
  const stable = hours.isWeekStable()
  if (stable && hours.getOpenDuration(monday(0), monday(1))[0] === 7 * 24 * 60 * MINUTE_MS) return ['tous les jours, 24 h sur 24']
  const intervals = hours.getOpenIntervals(monday(0), monday(1))
  const days = DAYS_FR.map((_, day) =>
    intervals
      .filter(([from, , unknown]) => !unknown && (from.getDay() + 6) % 7 === day)
      .map(([from, to]) => `de ${wallTime(from)} à ${wallTime(to)}`)
      .join(' et '),
  )
  const lines = runsOf(days).map(({ from, to, hours: range }) => {
    const [first, last] = [DAYS_FR[from]!, DAYS_FR[to]!]
    return `${to === from ? `le ${first}` : to === from + 1 ? `le ${first} et le ${last}` : `du ${first} au ${last}`} ${range}`
  })
  if (intervals.some(([, , unknown]) => unknown)) lines.push('sur rendez-vous')
  if (/\bPH\s+(off|closed)\b/.test(osm)) lines.push('fermé les jours fériés')
  else if (!stable) lines.push('selon les semaines')
  return lines.length === 0 ? ['fermé'] : lines
}

/** `du lundi au vendredi de 9 h à 12 h et de 14 h à 18 h, le samedi de 9 h à 12 h`: the usual week in one sentence part, or null when it cannot be read. */
export const hoursInWords = (osm: string): string | null => hoursLines(osm).join(', ') || null

type Cell = { ok: true; ranges: [number, number][] } | { ok: false; raison: string }

const pad = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const CLOCK = /(\d{1,2})\s*[:h]\s*(\d{2})/gi

/** A union: ranges in order of start, those that touch or overlap made one (the same range printed twice is one). */
const united = (ranges: readonly [number, number][]): [number, number][] => {
  const union: [number, number][] = []
  for (const [from, to] of ranges) {
    const last = union.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else union.push([from, to])
  }
  return union
}

const readCell = (valeur: string): Cell => {
  const times = [...valeur.matchAll(CLOCK)].map(([, hour, minute]) => ({ hour: Number(hour), minute: Number(minute) }))
  if (!/^[\s\-–/,:]*$/.test(valeur.replace(CLOCK, ' '))) return { ok: false, raison: 'Écriture non reconnue.' }
  if (times.some(({ hour, minute }) => minute > 59 || hour * 60 + minute > 1440)) return { ok: false, raison: 'Une heure n’existe pas.' }
  if (times.length % 2 === 1) return { ok: false, raison: 'Il manque une heure d’ouverture ou de fermeture.' }
  const minutes = times.map(({ hour, minute }) => hour * 60 + minute)
  const pairs = minutes.flatMap((from, i): [number, number][] => (i % 2 === 0 ? [[from, minutes[i + 1]!]] : []))
  const ranges = pairs.filter(([from, to]) => from !== 0 || to !== 0) // « 00:00 - 00:00 » is how the file says nothing
  if (ranges.some(([from, to]) => from >= to)) return { ok: false, raison: 'Une heure de fermeture précède l’ouverture.' }
  if (ranges.some(([from], i) => i > 0 && from < ranges[i - 1]![0])) return { ok: false, raison: 'Les plages ne sont pas dans l’ordre.' }
  return { ok: true, ranges: united(ranges) }
}

/**
 * One day cell of the list of France services as OSM times: `09:00 - 12:00 / 13:30 - 17:00` → `09:00-12:00,13:30-17:00`. Empty,
 * `-` and `00:00 - 00:00` are closed (empty text). Spacing, `h`, commas and repeated ranges are read; what is ambiguous is refused.
 */
export const jourToOsm = (valeur: string): { ok: true; osm: string; minutes: number } | { ok: false; raison: string } => {
  const cell = readCell(valeur)
  if (!cell.ok) return cell
  return {
    ok: true,
    osm: cell.ranges.map(([from, to]) => `${pad(from)}-${pad(to)}`).join(','),
    minutes: cell.ranges.reduce((sum, [from, to]) => sum + to - from, 0),
  }
}

const WEEK = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'] as const
export type JourOuvre = (typeof WEEK)[number]

/**
 * The week of a France services place (columns `h_lundi` to `h_samedi`) as one OSM text, its weekly minutes, and the cells that
 * could not be read: those days are left closed and listed, never guessed.
 */
export const franceServicesHours = (
  cells: Partial<Record<JourOuvre, string>>,
): { osm: string; minutes: number; refus: { jour: JourOuvre; valeur: string; raison: string }[] } => {
  const days = WEEK.map((jour) => ({ jour, valeur: cells[jour] ?? '', read: jourToOsm(cells[jour] ?? '') }))
  const osm = runsOf(days.map(({ read: cell }) => (cell.ok ? cell.osm : '')))
    .map(({ from, to, hours }) => `${DAYS_OSM[from]}${to === from ? '' : `-${DAYS_OSM[to]}`} ${hours}`)
    .join('; ')
  return {
    osm,
    minutes: days.reduce((sum, { read: cell }) => sum + (cell.ok ? cell.minutes : 0), 0),
    refus: days.flatMap(({ jour, valeur, read: cell }) => (cell.ok ? [] : [{ jour, valeur, raison: cell.raison }])),
  }
}
