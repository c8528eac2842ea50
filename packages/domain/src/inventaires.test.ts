import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comptageAction, whyNotCloseInventaire, whyNotCount, whyNotOpenInventaire } from './inventaires.ts'

test('one campaign at a time, and something to count', () => {
  expect(whyNotOpenInventaire({ enCours: false, points: 2 })).toBeNull()
  expect(whyNotOpenInventaire({ enCours: true, points: 2 })?.code).toBe('inventaire_statut')
  expect(whyNotOpenInventaire({ enCours: false, points: 0 })?.code).toBe('inventaire_statut')
  expect(whyNotCloseInventaire({ statut: 'clos' })?.code).toBe('inventaire_statut')
})

test('a count is taken exactly when expected − missing + found is what was counted', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(10), fc.nat(10), (attendus, comptes, manquants, enTrop) => {
      const refusal = whyNotCount({ statut: 'a_faire', attendus, comptes, manquants, enTrop })
      expect(refusal === null).toBe(attendus - manquants + enTrop === comptes)
    }),
  )
})

test('the refusal says how many numbers are still to give', () => {
  const refusal = whyNotCount({ statut: 'a_faire', attendus: 12, comptes: 10, manquants: 1, enTrop: 0 })
  expect(refusal?.message).toContain('encore 1\u00a0numéro manquant')
})

test('a count is made once, and not after the end of the campaign', () => {
  for (const statut of ['juste', 'ecart', 'absent'] as const)
    expect(whyNotCount({ statut, attendus: 1, comptes: 1, manquants: 0, enTrop: 0 })?.code).toBe('comptage_statut')
})

test('as many missing as found is a discrepancy all the same', () => {
  expect(comptageAction({ manquants: 1, enTrop: 1 })).toBe('differ')
  expect(comptageAction({ manquants: 0, enTrop: 0 })).toBe('agree')
})
