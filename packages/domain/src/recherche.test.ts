import { expect, test } from 'vitest'
import { rechercheDe } from './recherche.ts'

test('accents, capitals, ligatures and punctuation make no difference to a search', () => {
  expect(
    ['Guéret', 'L’Haÿ-les-Roses', '  SAINT--Étienne ', 'Œuilly', 'Ars-sur-Formans (01)', '23 220', '…'].map((text) => rechercheDe(text)),
  ).toEqual(['gueret', 'l hay les roses', 'saint etienne', 'oeuilly', 'ars sur formans 01', '23 220', ''])
})
test('a text typed composed or decomposed is the same', () => expect(rechercheDe('E\u0301lan')).toBe(rechercheDe('\u00c9lan')))
