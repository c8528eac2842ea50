import { expect, test } from 'vitest'
import { conventionReference, FINANCEUR_NATURES, whyNotSaveFinanceurs, whyNotSignFor } from './conventions.ts'
import { ORGANISATION_TYPES } from './organisations.ts'

const etat = { cleBp: 5000, plafondCentimes: 100_000, estRepli: false }
const collectivite = { cleBp: 5000, plafondCentimes: null, estRepli: true }

test('the key is complete, with one fallback, which has no cap', () => {
  expect(whyNotSaveFinanceurs([etat, collectivite])).toBeNull()
  expect(whyNotSaveFinanceurs([etat])?.code).toBe('convention_cle_incomplete')
  expect(whyNotSaveFinanceurs([{ ...etat, estRepli: true }, collectivite])?.code).toBe('convention_invalide')
  expect(whyNotSaveFinanceurs([etat, { ...collectivite, estRepli: false }])?.code).toBe('convention_invalide')
  expect(whyNotSaveFinanceurs([etat, { ...collectivite, plafondCentimes: 1 }])?.code).toBe('convention_invalide')
})

test('the ANCT signs for the State, the collectivité for everyone else', () => {
  const signers = (nature: (typeof FINANCEUR_NATURES)[number]) => ORGANISATION_TYPES.filter((type) => !whyNotSignFor(nature, type))
  expect(FINANCEUR_NATURES.map((nature) => [nature, ...signers(nature)])).toEqual([
    ['etat', 'anct'],
    ['collectivite', 'collectivite'],
    ['fse', 'collectivite'],
    ['prive', 'collectivite'],
  ])
})

test('a convention is numbered in its year', () => {
  expect(conventionReference(2026, 4)).toBe('C-2026-004')
})
