import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addMonth,
  addMonths,
  dayDiff,
  demiJournee,
  endOfMonth,
  formatDay,
  formatDuration,
  formatInstant,
  formatLongDay,
  formatMonth,
  formatTime,
  isDay,
  isMonth,
  localDay,
  localTime,
  monthBounds,
  monthOf,
  PARIS,
  parisDay,
  zonedInstant,
} from './days.ts'

const CAYENNE = 'America/Cayenne'
const REUNION = 'Indian/Reunion'
const MIQUELON = 'America/Miquelon'
const NOUMEA = 'Pacific/Noumea'

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['2026-1-01', false],
  ['', false],
  ['2026-03-10T00:00', false],
])('%s is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is)
})

test.each([
  ['2026-06-30', 30, '2026-07-30'],
  ['2026-03-28', 2, '2026-03-30'],
  ['2026-10-24', 2, '2026-10-26'],
  ['2026-01-01', -1, '2025-12-31'],
  ['2028-02-28', 1, '2028-02-29'],
])('%s plus %i days is %s, across summer time too', (day, n, sum) => {
  expect(addDays(day, n)).toBe(sum)
  expect(dayDiff(day, sum)).toBe(n)
})
test('a text that is no day is a fault', () => {
  expect(() => addDays('demain', 1)).toThrow(RangeError)
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2026-01-31', 12, '2027-01-31'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
])('%s plus %i months is %s', (day, n, sum) => {
  expect(addMonths(day, n)).toBe(sum)
})
test.each([
  ['2026-02-10', '2026-02-28'],
  ['2028-02-01', '2028-02-29'],
  ['2026-12-31', '2026-12-31'],
])('the month of %s ends on %s', (day, end) => {
  expect(endOfMonth(day)).toBe(end)
})
test('months', () => {
  expect(['2026-03', '2026-00', '2026-13', '2026-3'].map(isMonth)).toEqual([true, false, false, false])
  expect(monthBounds('2026-02')).toEqual({ debut: '2026-02-01', fin: '2026-02-28' })
  expect([addMonth('2026-12', 1), addMonth('2026-01', -1), addMonth('2026-03', 25)]).toEqual(['2027-01', '2025-12', '2028-04'])
  expect(monthOf('2026-03-10')).toBe('2026-03')
})
test('days compare as text', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 30_000 }), (a, b) => {
      const [left, right] = [addDays('2000-01-01', a), addDays('2000-01-01', b)]
      expect(Math.sign(a - b)).toBe(left < right ? -1 : left > right ? 1 : 0)
      expect(dayDiff(left, right)).toBe(b - a)
    }),
  )
})

test.each([
  ['2026-03-09T22:59:59Z', PARIS, '2026-03-09', '23:59'],
  ['2026-03-09T23:00:00Z', PARIS, '2026-03-10', '00:00'],
  ['2026-07-30T21:59:59Z', PARIS, '2026-07-30', '23:59'],
  ['2026-07-30T22:00:00Z', PARIS, '2026-07-31', '00:00'],
  ['2026-03-10T02:00:00Z', CAYENNE, '2026-03-09', '23:00'],
  ['2026-03-09T21:00:00Z', REUNION, '2026-03-10', '01:00'],
  ['2026-03-09T13:00:00Z', NOUMEA, '2026-03-10', '00:00'],
  ['2026-03-10T02:30:00Z', MIQUELON, '2026-03-10', '00:30'],
])('%s in %s is %s at %s', (at, zone, day, time) => {
  expect([localDay(new Date(at), zone), localTime(new Date(at), zone)]).toEqual([day, time])
})
test('the legal day is the one of Paris', () => {
  expect(parisDay(new Date('2026-03-10T08:00:00Z'))).toBe('2026-03-10')
})

test.each([
  ['2026-03-10T11:59:59Z', PARIS, 'matin'],
  ['2026-03-10T12:00:00Z', PARIS, 'apres_midi'],
  ['2026-07-10T11:00:00Z', PARIS, 'apres_midi'],
  ['2026-03-10T15:59:00Z', CAYENNE, 'matin'],
  ['2026-03-10T16:00:00Z', CAYENNE, 'apres_midi'],
  ['2026-03-10T09:00:00Z', REUNION, 'apres_midi'],
])('%s in %s is in the %s', (at, zone, half) => {
  expect(demiJournee(new Date(at), zone)).toBe(half)
})

test.each([
  ['2026-03-10', '09:00', PARIS, '2026-03-10T08:00:00.000Z'],
  ['2026-07-31', '00:00', PARIS, '2026-07-30T22:00:00.000Z'],
  ['2026-03-29', '01:59', PARIS, '2026-03-29T00:59:00.000Z'],
  ['2026-03-29', '02:30', PARIS, '2026-03-29T01:30:00.000Z'], // an hour that no clock shows
  ['2026-03-29', '03:00', PARIS, '2026-03-29T01:00:00.000Z'],
  ['2026-10-25', '02:30', PARIS, '2026-10-25T00:30:00.000Z'], // the first of the two
  ['2026-10-25', '03:00', PARIS, '2026-10-25T02:00:00.000Z'],
  ['2026-03-10', '14:00', CAYENNE, '2026-03-10T17:00:00.000Z'],
  ['2026-03-10', '14:00', REUNION, '2026-03-10T10:00:00.000Z'],
  ['2026-07-10', '14:00', MIQUELON, '2026-07-10T16:00:00.000Z'],
  ['2026-03-10', '00:00', NOUMEA, '2026-03-09T13:00:00.000Z'],
])('%s %s in %s is %s', (day, time, zone, at) => {
  expect(zonedInstant(day, time, zone).toISOString()).toBe(at)
})
test('an instant reads back as its day and time, hours skipped by summer time excepted', () => {
  const zone = fc.constantFrom(PARIS, CAYENNE, REUNION, MIQUELON, NOUMEA)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7000 }), fc.integer({ min: 240, max: 1439 }), zone, (days, minutes, where) => {
      const day = addDays('2018-01-01', days)
      const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
      const at = zonedInstant(day, time, where)
      expect([localDay(at, where), localTime(at, where)]).toEqual([day, time])
    }),
  )
})
test('a time that is none is a fault', () => {
  expect(() => zonedInstant('2026-03-10', '25:00', PARIS)).toThrow(RangeError)
})

test('days and times read as French people write them', () => {
  expect(formatDay('2026-11-21')).toBe('21/11/2026')
  expect(formatLongDay('2026-11-21')).toBe('samedi 21\u00a0novembre 2026')
  expect(formatLongDay('2026-03-01')).toBe('dimanche 1er\u00a0mars 2026')
  expect(formatMonth('2026-08')).toBe('août 2026')
  expect([formatTime('14:10'), formatTime('09:00'), formatTime('09:05')]).toEqual(['14\u00a0h\u00a010', '9\u00a0h', '9\u00a0h\u00a005'])
  expect([formatDuration(90), formatDuration(120), formatDuration(45)]).toEqual(['1\u00a0h\u00a030', '2\u00a0h', '45\u00a0min'])
  expect(formatInstant(new Date('2026-03-12T13:10:00Z'), PARIS)).toBe('12/03/2026 à 14\u00a0h\u00a010')
})
