import { expect, test } from 'vitest'
import { CATEGORIES, resumeDue, RYTHME_PAR_DEFAUT, RYTHMES } from './notifications.ts'

test('the digest leaves on Mondays from 8 in the morning', () => {
  expect(resumeDue('2026-03-09', '08:00')).toBe('2026-03-09')
  expect(resumeDue('2026-03-09', '23:59')).toBe('2026-03-09')
  expect(resumeDue('2026-03-09', '07:59')).toBeNull()
  expect(resumeDue('2026-03-10', '08:00')).toBeNull()
  expect(resumeDue('2026-03-08', '12:00')).toBeNull()
})

test('every kind of news has a rhythm; security is mailed at once', () => {
  for (const categorie of CATEGORIES) expect(RYTHMES).toContain(RYTHME_PAR_DEFAUT[categorie])
  expect(RYTHME_PAR_DEFAUT.securite).toBe('immediat')
})
