import { expect, test } from 'vitest'
import { dayEnd, monthEnd, nextToClose, whyNotBalanced, whyNotCloseBooks, whyNotPeriod } from './livres.ts'

const facts = { mois: '2026-02', now: new Date('2026-03-10T08:00:00Z'), dernierClos: '2026-01', premierMois: '2026-01', ecarts: 0 }

test('a month is closed once, in its order, after its end, on books that agree', () => {
  expect(whyNotCloseBooks(facts)).toBeNull()
  expect(whyNotCloseBooks({ ...facts, dernierClos: null })?.code).toBe('mois_precedent_ouvert')
  expect(whyNotCloseBooks({ ...facts, dernierClos: null, premierMois: '2026-02' })).toBeNull()
  expect(whyNotCloseBooks({ ...facts, dernierClos: '2026-02' })?.code).toBe('mois_clos')
  expect(whyNotCloseBooks({ ...facts, dernierClos: '2026-03' })?.code).toBe('mois_clos')
  expect(whyNotCloseBooks({ ...facts, mois: '2026-03' })?.code).toBe('mois_en_cours')
  expect(whyNotCloseBooks({ ...facts, ecarts: 3 })).toMatchObject({
    code: 'ecart_comptable',
    message: expect.stringContaining('3\u00a0écarts'),
  })
  expect(whyNotCloseBooks({ ...facts, ecarts: null })?.code).toBe('ecart_comptable')
  expect(whyNotBalanced(0)).toBeNull()
})

test('the first hour at which a month closes is midnight in Paris, two days after its end', () => {
  const at = (now: string) => whyNotCloseBooks({ ...facts, now: new Date(now) })?.code ?? null
  expect(at('2026-03-02T22:59:59Z')).toBe('mois_en_cours')
  expect(at('2026-03-02T23:00:00Z')).toBeNull()
  // summer time
  const june = { ...facts, mois: '2026-06', dernierClos: '2026-05' }
  expect(whyNotCloseBooks({ ...june, now: new Date('2026-07-02T21:59:59Z') })?.code).toBe('mois_en_cours')
  expect(whyNotCloseBooks({ ...june, now: new Date('2026-07-02T22:00:00Z') })).toBeNull()
})

test('months and days end at midnight in Paris', () => {
  expect(monthEnd('2026-02').toISOString()).toBe('2026-02-28T23:00:00.000Z')
  expect(monthEnd('2026-12').toISOString()).toBe('2026-12-31T23:00:00.000Z')
  expect(dayEnd('2026-03-28').toISOString()).toBe('2026-03-28T23:00:00.000Z')
  // the day of the change to summer time lasts 23 hours
  expect(dayEnd('2026-03-29').toISOString()).toBe('2026-03-29T22:00:00.000Z')
})

test('the month to close is the one after the last closed, else the first of the ledger', () => {
  expect(nextToClose({ dernierClos: '2025-12', premierMois: '2025-03' })).toBe('2026-01')
  expect(nextToClose({ dernierClos: null, premierMois: '2025-03' })).toBe('2025-03')
  expect(nextToClose({ dernierClos: null, premierMois: null })).toBeNull()
})

test('a period ends after it starts, and is of a page', () => {
  expect(whyNotPeriod('2026-01-01', '2026-01-01')).toBeNull()
  expect(whyNotPeriod('2026-01-02', '2026-01-01')?.code).toBe('demande_malformee')
  expect(whyNotPeriod('2024-01-01', '2026-03-10')).toBeNull()
  expect(whyNotPeriod('2020-01-01', '2026-03-10')?.code).toBe('demande_malformee')
})
