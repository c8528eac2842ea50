import { expect, test } from 'vitest'
import { createKeyring } from './keyring.ts'

const ring = () => {
  const clock = { ms: 0 }
  let n = 0
  return { clock, keys: createKeyring({ newKey: () => `key-${++n}`, now: () => clock.ms, ttlMs: 1000 }) }
}

test('the same gesture sent again before an answer carries the same key', () => {
  const { keys } = ring()
  expect(keys.keyFor('POST /commandes {"quantite":2}')).toBe('key-1')
  expect(keys.keyFor('POST /commandes {"quantite":2}')).toBe('key-1')
})

test('another input is another act', () => {
  const { keys } = ring()
  expect(keys.keyFor('POST /commandes {"quantite":2}')).not.toBe(keys.keyFor('POST /commandes {"quantite":3}'))
})

test('a settled gesture done again on purpose is a new act', () => {
  const { keys } = ring()
  const first = keys.keyFor('a')
  keys.settle('a')
  expect(keys.keyFor('a')).not.toBe(first)
})

test('a key nobody answered is forgotten after its time', () => {
  const { keys, clock } = ring()
  const first = keys.keyFor('a')
  clock.ms = 1001
  expect(keys.keyFor('a')).not.toBe(first)
})
