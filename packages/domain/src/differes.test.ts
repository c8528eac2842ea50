import { expect, test } from 'vitest'
import { CONFLIT_MESSAGES, describeDiffere, isHorlogeDouteuse, isInCreneau, jourDExpiration } from './differes.ts'
import { REDEMPTION_CHECKS } from './redemptions.ts'

/** 14:00 to 16:00 in Paris, the last day of July. */
const HORAIRE = { date: '2026-07-31', debut: '14:00', dureeMinutes: 120, fuseau: 'Europe/Paris' }
const at = (instant: string) => new Date(instant)

test.each([
  ['2026-07-31T12:59:59+02:00', false],
  ['2026-07-31T13:00:00+02:00', true],
  ['2026-07-31T15:00:00+02:00', true],
  ['2026-07-31T20:00:00+02:00', true],
  ['2026-07-31T20:00:01+02:00', false],
  ['2026-08-01T14:30:00+02:00', false],
])('the slot of an atelier at %s: %s', (instant, expected) => {
  expect(isInCreneau(HORAIRE, at(instant))).toBe(expected)
})

test('the slot is that of the place: 14:00 in Cayenne is 19:00 in Paris', () => {
  const cayenne = { ...HORAIRE, fuseau: 'America/Cayenne' }
  expect(isInCreneau(cayenne, at('2026-07-31T17:59:00+02:00'))).toBe(false)
  expect(isInCreneau(cayenne, at('2026-07-31T18:00:00+02:00'))).toBe(true)
})

test.each([
  ['in the slot, received the next day', '2026-07-31T15:00:00+02:00', '2026-08-01T09:00:00+02:00', '2026-07-31'],
  ['in the slot, received 72 hours later', '2026-07-31T15:00:00+02:00', '2026-08-03T15:00:00+02:00', '2026-07-31'],
  ['in the slot, received a second too late', '2026-07-31T15:00:00+02:00', '2026-08-03T15:00:01+02:00', '2026-08-03'],
  ['outside the slot', '2026-07-31T21:00:00+02:00', '2026-08-01T09:00:00+02:00', '2026-08-01'],
  ['of the future', '2026-07-31T15:00:00+02:00', '2026-07-31T14:00:00+02:00', '2026-07-31'],
])('the day that counts for the expiry, scanned %s', (_, scanneAt, recuAt, expected) => {
  expect(jourDExpiration(HORAIRE, { scanneAt: at(scanneAt), recuAt: at(recuAt) })).toBe(expected)
})

const SCAN = { scanneAt: at('2026-07-31T15:00:00Z'), recuAt: at('2026-07-31T18:00:00Z') }
const HORLOGE = { ecartSecondes: 0, declareAt: at('2026-07-01T08:00:00Z'), revoqueAt: null }
test.each([
  ['right', {}, {}, false],
  ['five minutes late, known', {}, { ecartSecondes: -300 }, false],
  ['more than five minutes late', {}, { ecartSecondes: -301 }, true],
  ['more than five minutes early', {}, { ecartSecondes: 301 }, true],
  ['never compared with ours', {}, { ecartSecondes: null }, true],
  ['a little in the future', { scanneAt: at('2026-07-31T18:05:00Z') }, {}, false],
  ['in the future', { scanneAt: at('2026-07-31T18:05:01Z') }, {}, true],
  ['at the moment the device was declared', { scanneAt: at('2026-07-01T07:55:00Z') }, {}, false],
  ['before the device was declared', { scanneAt: at('2026-07-01T07:54:59Z') }, {}, true],
  ['on a device revoked since', {}, { revoqueAt: at('2026-07-31T17:00:00Z') }, true],
])('a clock %s', (_, scan, horloge, expected) => {
  expect(isHorlogeDouteuse({ ...SCAN, ...scan }, { ...HORLOGE, ...horloge })).toBe(expected)
})

test('every outcome says what happened and what to do next', () => {
  expect(describeDiffere({ pass: 1, code: null, aExaminer: false })).toEqual({ message: '1\u00a0pass validé.', suite: null })
  expect(describeDiffere({ pass: 3, code: null, aExaminer: true })).toEqual({
    message: '3\u00a0pass validés.',
    suite: 'L’opérateur vérifie l’heure de cet appareil avant le paiement.',
  })
  for (const code of [...REDEMPTION_CHECKS, 'appareil_revoque'] as const) {
    const { message, suite } = describeDiffere({ pass: 2, code, aExaminer: false })
    expect([code, message, suite]).toEqual([code, expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)])
  }
  expect(describeDiffere({ pass: 1, code: 'expire', details: { date: '2026-07-30' }, aExaminer: false }).message).toBe(
    'Pass valable jusqu’au 30/07/2026.',
  )
})

test('neither place of a conflict reads where the other one is', () => {
  for (const { message, suite } of Object.values(CONFLIT_MESSAGES)) expect(`${message} ${suite}`).not.toMatch(/lieu|structure|\d/)
})
