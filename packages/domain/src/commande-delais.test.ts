import { expect, test } from 'vitest'
import { countdown, echeanceAfter, isOutreMer } from './commande-delais.ts'

const facts = { today: '2026-03-10', outreMer: false, echeance: '2026-03-17' }

test('each act opens the delay of the next one', () => {
  expect(echeanceAfter('sign', facts)).toBe('2026-03-13')
  expect(echeanceAfter('refuse_maquette', facts)).toBe('2026-03-13')
  expect(echeanceAfter('propose_maquette', facts)).toBe('2026-03-16')
  expect(echeanceAfter('validate_maquette', facts)).toBe('2026-03-17')
  expect(echeanceAfter('validate_maquette', { ...facts, outreMer: true })).toBe('2026-03-24')
  for (const action of ['produce', 'ship'] as const) expect(echeanceAfter(action, facts)).toBe('2026-03-17')
  for (const action of ['quote', 'receive', 'cancel', 'credit', 'close'] as const) expect(echeanceAfter(action, facts)).toBeNull()
})

test('overseas is a département, not a word', () => {
  expect(['971', '976', '988', '23', '2A', '97', null].map(isOutreMer)).toEqual([true, true, true, false, false, false, false])
})

test('the countdown says what is left, then what is late', () => {
  expect(countdown('2026-03-14', '2026-03-10')).toEqual({ retard: false, texte: 'il reste 4\u00a0jours' })
  expect(countdown('2026-03-10', '2026-03-10')).toEqual({ retard: false, texte: 'dernier jour' })
  expect(countdown('2026-03-09', '2026-03-10')).toEqual({ retard: true, texte: '1\u00a0jour de retard' })
})
