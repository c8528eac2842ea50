import { expect, test } from 'vitest'
import { IMPRESSION_STATUTS, keyEndOf, whyNotAskImpression, whyNotTake } from './impressions.ts'

const lot = { quantite: 100, produits: 100 }

test('a print file is asked for once a format, when every carnet is written and the key lives', () => {
  const asked = { lot, cle: true, faites: [], format: 'csv' } as const
  expect(whyNotAskImpression(asked)).toBeNull()
  expect(whyNotAskImpression({ ...asked, faites: ['pdf'] })).toBeNull()
  expect(whyNotAskImpression({ ...asked, faites: ['csv'] })?.code).toBe('impression_statut')
  expect(whyNotAskImpression({ ...asked, cle: false })?.message).toContain('détruite')
  expect(whyNotAskImpression({ ...asked, lot: { ...lot, produits: 99 } })?.message).toContain('99 sur 100')
  expect(whyNotAskImpression({ ...asked, lot: null })?.code).toBe('commande_statut')
})

test('it is taken once, and the second one learns who has it', () => {
  const facts = { retireeNom: null, dateRetrait: null }
  expect(IMPRESSION_STATUTS.filter((statut) => !whyNotTake({ statut, ...facts }))).toEqual(['prete'])
  expect(whyNotTake({ statut: 'retiree', retireeNom: 'Odile Modèle', dateRetrait: '2026-03-10' })?.message).toContain(
    'par Odile Modèle le 10/03/2026',
  )
})

test('the key lives seven days more', () => {
  expect(keyEndOf('2026-02-26')).toBe('2026-03-05')
})

test('a file that is no longer kept is not given as taken', () => {
  const ready = { statut: 'prete', retireeNom: null, dateRetrait: null } as const
  expect(whyNotTake({ ...ready, present: true })).toBeNull()
  expect(whyNotTake({ ...ready, present: false })?.message).toContain('n’est plus conservé')
})
