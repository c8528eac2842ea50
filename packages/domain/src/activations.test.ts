import { expect, test } from 'vitest'
import { whyNotActivateCarnets } from './activations.ts'
import { COMMANDE_STATUTS } from './commandes.ts'

const facts = {
  statutCommande: 'livree',
  numeroMandat: '2026-17',
  carnets: 3,
  activables: 5,
  fondsCentimes: 30_000,
  valeurCarnetCentimes: 10_000,
} as const

test('carnets are activated once delivered, under a mandat, as far as the funds go', () => {
  expect(whyNotActivateCarnets(facts)).toBeNull()
  expect(COMMANDE_STATUTS.filter((statutCommande) => !whyNotActivateCarnets({ ...facts, statutCommande }))).toEqual(['livree', 'close'])
  expect(whyNotActivateCarnets({ ...facts, numeroMandat: ' ' })?.code).toBe('mandat_absent')
  expect(whyNotActivateCarnets({ ...facts, numeroMandat: null })?.code).toBe('mandat_absent')
  expect(whyNotActivateCarnets({ ...facts, fondsCentimes: 29_999 })?.code).toBe('couverture_insuffisante')
  expect(whyNotActivateCarnets({ ...facts, carnets: 6 })?.message).toContain('Il reste 5\u00a0carnets')
})

test('the refusal says what is missing and how many carnets the funds allow', () => {
  expect(whyNotActivateCarnets({ ...facts, carnets: 5, fondsCentimes: 29_999 })).toEqual({
    code: 'couverture_insuffisante',
    message: 'Il manque 200,01\u00a0€\u00a0: les fonds reçus permettent d’activer 2\u00a0carnets sur 5.',
  })
  expect(whyNotActivateCarnets({ ...facts, fondsCentimes: 0 })?.message).toContain('0\u00a0carnet sur 3')
})
