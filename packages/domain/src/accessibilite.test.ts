import { expect, test } from 'vitest'
import { ACCESSIBILITE_ETAT, bilanOf, CRITERE_IDS, etatDeclareOf } from './accessibilite.ts'
import { GRILLE } from './accessibilite-grille.ts'

test('the standard has 106 criteria', () => {
  expect(CRITERE_IDS.length).toBe(106)
  expect([CRITERE_IDS[0], CRITERE_IDS.at(-1)]).toEqual(['1.1', '13.12'])
})
test('every criterion of the standard is in the grid, once, and no other', () => {
  expect(GRILLE.map(({ id }) => id)).toEqual(CRITERE_IDS)
})
test('what is conform says how it was seen, what is not says why', () => {
  expect(GRILLE.filter(({ etat, moyen }) => (etat === 'conforme') !== (moyen !== undefined)).map(({ id }) => id)).toEqual([])
  expect(GRILLE.filter(({ etat, note }) => ['non_conforme', 'a_verifier'].includes(etat) && !note).map(({ id }) => id)).toEqual([])
})
test('the footer says what the grid computes', () => {
  expect(ACCESSIBILITE_ETAT).toBe(etatDeclareOf(bilanOf(GRILLE)))
})
test('what is not checked counts against the rate, what has no object does not count', () => {
  const etats = ['conforme', 'conforme', 'a_verifier', 'non_conforme', 'non_applicable'] as const
  expect(bilanOf(etats.map((etat) => ({ etat })))).toEqual({ conforme: 2, a_verifier: 1, non_conforme: 1, non_applicable: 1, taux: 50 })
  expect([100, 99, 50, 49].map((taux) => etatDeclareOf({ taux }))).toEqual([
    'totalement conforme',
    'partiellement conforme',
    'partiellement conforme',
    'non conforme',
  ])
  expect(bilanOf([]).taux).toBe(0)
})
