import { expect, test } from 'vitest'
import { idleState } from './idle.ts'

const MIN = 60_000
const at = (minutes: number, rest: { inactiviteMinutes?: number; endsAt?: number; lastUse?: number } = {}) =>
  idleState({ now: minutes * MIN, lastUse: 0, inactiviteMinutes: 30, endsAt: 600 * MIN, ...rest })

test('an idle session warns for its two last minutes, then closes', () => {
  expect(at(27.9)).toEqual({ etat: 'calme' })
  expect(at(28)).toEqual({ etat: 'alerte', secondes: 120 })
  expect(at(29.5)).toEqual({ etat: 'alerte', secondes: 30 })
  expect(at(30)).toEqual({ etat: 'finie', motif: 'inactivite' })
})

test('a counter warns sooner, and a use in any tab starts again', () => {
  expect(at(8.5, { inactiviteMinutes: 10 })).toEqual({ etat: 'alerte', secondes: 90 })
  expect(at(10, { inactiviteMinutes: 10 })).toEqual({ etat: 'finie', motif: 'inactivite' })
  expect(at(30, { lastUse: 20 * MIN })).toEqual({ etat: 'calme' })
})

test('the absolute end is announced ten minutes before and closes a session in use', () => {
  const used = { lastUse: 599 * MIN }
  expect(at(589, { lastUse: 589 * MIN })).toEqual({ etat: 'calme' })
  expect(at(590, { lastUse: 590 * MIN })).toEqual({ etat: 'derniere', endsAt: 600 * MIN })
  expect(at(600, used)).toEqual({ etat: 'finie', motif: 'duree' })
})

test('an idle warning is not hidden by the absolute end that comes', () => {
  expect(at(595, { lastUse: 566 * MIN })).toEqual({ etat: 'alerte', secondes: 60 })
})
