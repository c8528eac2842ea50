import { expect, test } from 'vitest'
import { franceServicesHours, hoursInWords, hoursLines, isOpenAt, jourToOsm, openUntil, weeklyMinutes } from './horaires.ts'

const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null

/** Every shape of the day cells of the State's list (2022-12-01), the main ones first. */
test.each([
  ['09:00 - 12:00 / 13:30 - 17:00', '09:00-12:00,13:30-17:00', 390],
  ['09:30 - 16:30', '09:30-16:30', 420],
  ['', '', 0],
  ['-', '', 0],
  ['09:00-12:00/13:30-17:00', '09:00-12:00,13:30-17:00', 390],
  ['09:00-12:00', '09:00-12:00', 180],
  ['09:00 - 12:30 / 09:00 - 12:30 / 13:30 - 16:30', '09:00-12:30,13:30-16:30', 390],
  ['09:00 - 12:00 / 09:00 - 12:00 / 09:00 - 12:00 / 13:30 - 17:00', '09:00-12:00,13:30-17:00', 390],
  ['09:00-12:00,13:00-17:00', '09:00-12:00,13:00-17:00', 420],
  ['09:00-12:00 14:00-16:30', '09:00-12:00,14:00-16:30', 330],
  ['09:00-12:30-13:30-17:00', '09:00-12:30,13:30-17:00', 420],
  ['08:00-13:00/13 :30-17:00', '08:00-13:00,13:30-17:00', 510],
  ['08:45 - 10:15 / 10:30 - 11:30 / 10:30 - 12:00 / 13:30 - 14:30 / 15:00 - 16:15', '08:45-10:15,10:30-12:00,13:30-14:30,15:00-16:15', 315],
  ['09:00-12h00', '09:00-12:00', 180],
  ['08 :00-12:00/14:00-17:00', '08:00-12:00,14:00-17:00', 420],
  ['08 :30-12:00', '08:30-12:00', 210],
  ['07:30:12:30', '07:30-12:30', 300],
  ['09:30-12:30/\n\n 13:30-18:00', '09:30-12:30,13:30-18:00', 450],
  ['00:00 - 00:00', '', 0],
  ['00:00 - 00:00 / 08:30 - 16:00', '08:30-16:00', 450],
  ['08:30 - 17:30 / 08:30 - 12:30', '08:30-17:30', 540],
  ['09:00 - 16:00 / 13:00 - 16:00', '09:00-16:00', 420],
  ['09:15 - 12:15 / 13:30 - 17:00 / 14:00 - 16:00', '09:15-12:15,13:30-17:00', 390],
])('the cell %j reads %s', (valeur, osm, minutes) => {
  expect(jourToOsm(valeur)).toEqual({ ok: true, osm, minutes })
})
test.each([
  ['09:00-13:00-/3:00-16:00', 'ordre'],
  ['14:00 - 12:00', 'précède'],
  ['09:00', 'Il manque une heure'],
  ['09:00 - 12:00 / 14:00', 'Il manque une heure'],
  ['sur rendez-vous', 'Écriture'],
  ['09:00 - 12:00 (sauf août)', 'Écriture'],
  ['09:75 - 12:00', 'existe'],
  ['25:00 - 26:00', 'existe'],
])('the cell %j is refused, never guessed', (valeur, raison) => {
  const read = jourToOsm(valeur)
  expect(read.ok ? '' : read.raison).toContain(raison)
})

test('a week becomes one text, equal days together, and the library counts the same minutes', () => {
  const day = '09:00 - 12:00 / 13:30 - 17:00'
  const week = franceServicesHours({ lundi: day, mardi: day, mercredi: '09:00-12:00', jeudi: '', vendredi: day, samedi: '09:00-12:00' })
  expect(week).toEqual({
    osm: 'Mo-Tu 09:00-12:00,13:30-17:00; We 09:00-12:00; Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00',
    minutes: 1530,
    refus: [],
  })
  expect(weeklyMinutes(week.osm)).toBe(week.minutes)
})
test('an unreadable day is left closed and listed', () => {
  expect(franceServicesHours({ lundi: '09:00 - 12:00', mardi: '09:00-13:00-/3:00-16:00' })).toEqual({
    osm: 'Mo 09:00-12:00',
    minutes: 180,
    refus: [{ jour: 'mardi', valeur: '09:00-13:00-/3:00-16:00', raison: 'Les plages ne sont pas dans l’ordre.' }],
  })
})
test('a week without hours is an empty text', () => {
  expect(franceServicesHours({})).toEqual({ osm: '', minutes: 0, refus: [] })
})

test.each([
  ['Mo-Fr 09:00-12:00,14:00-18:00', 2100],
  ['Mo-Fr 09:00-12:00,14:00-18:00; PH off', 2100],
  ['24/7', 10_080],
  ['Mo 22:00-02:00', 240],
  ['off', 0],
  ['Mo-Fr 09:00-12:00 "sur rendez-vous"', 0],
  ['week 1-53/2 Fr 09:00-12:00', 90],
  ['Mo[1] 09:00-12:00', 0],
  ['SH Mo 09:00-12:00', null],
  ['tous les jours', null],
  ['', null],
])('%s opens %s minutes a week', (osm, minutes) => {
  expect(weeklyMinutes(osm)).toBe(minutes)
})

test.each([
  ['Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00', 'du lundi au vendredi de 9 h à 12 h et de 14 h à 18 h, le samedi de 9 h à 12 h'],
  ['Mo,Tu 09:30-17:00', 'le lundi et le mardi de 9 h 30 à 17 h'],
  ['Mo,We 09:00-12:00', 'le lundi de 9 h à 12 h, le mercredi de 9 h à 12 h'],
  ['Mo-Fr 09:00-12:00; PH off', 'du lundi au vendredi de 9 h à 12 h, fermé les jours fériés'],
  ['Mo-Th 09:00-12:00; Fr 09:00-12:00 "RDV"', 'du lundi au jeudi de 9 h à 12 h, sur rendez-vous'],
  ['24/7', 'tous les jours, 24 h sur 24'],
  ['off', 'fermé'],
  ['tous les jours', null],
])('%s reads %s', (osm, words) => {
  expect(plain(hoursInWords(osm))).toBe(words)
})
test('one line a run of days', () => {
  expect(hoursLines('Mo-Fr 09:00-12:00; Sa 10:00-11:00').map(plain)).toEqual([
    'du lundi au vendredi de 9 h à 12 h',
    'le samedi de 10 h à 11 h',
  ])
  expect(hoursLines('tous les jours')).toEqual([])
})

test.each([
  ['2026-03-10T08:00:00Z', 'Europe/Paris', true, '12:00'],
  ['2026-03-10T11:00:00Z', 'Europe/Paris', false, null],
  ['2026-03-10T13:00:00Z', 'Europe/Paris', true, '18:00'],
  ['2026-03-10T12:00:00Z', 'America/Cayenne', true, '12:00'],
  ['2026-03-10T08:00:00Z', 'Indian/Reunion', false, null],
  ['2026-03-15T09:00:00Z', 'Europe/Paris', false, null],
])('at %s in %s the lieu is open: %s, until %s', (at, zone, open, until) => {
  const osm = 'Mo-Fr 09:00-12:00,14:00-18:00'
  expect(isOpenAt(osm, new Date(at), zone)).toBe(open)
  expect(openUntil(osm, new Date(at), zone)).toBe(until)
})
test('unreadable hours are neither open nor closed', () => {
  expect(isOpenAt('tous les jours', new Date('2026-03-10T08:00:00Z'), 'Europe/Paris')).toBeNull()
})
