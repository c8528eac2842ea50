import { expect, test } from 'vitest'
import { CONSERVATION, conservationInWords, DECLENCHEURS, dureeInWords, keptUntil } from './conservation.ts'

test('the terms are those of the law and of the guides', () => {
  const terms = Object.fromEntries(Object.entries(CONSERVATION).map(([cle, entry]) => [cle, entry.duree]))
  expect(terms).toEqual({
    identites: { mois: 12 },
    lien_utilisation: { mois: 6 },
    pieces_fse: { programme: true },
    argent: { mois: 120 },
    comptes: { mois: 12 },
    journal_acces: { mois: 12 },
    journaux_techniques: { mois: 6 },
    courriels: { jours: 30 },
    exports: { jours: 7 },
    sauvegardes: { jours: 35 },
  })
})
test('the sentences are derived from the numbers', () => {
  expect(conservationInWords(CONSERVATION.identites)).toBe(
    '12\u00a0mois après le dernier pass utilisé ou expiré, et 2\u00a0ans au plus après le dernier contact',
  )
  expect(dureeInWords({ mois: 120 })).toBe('10\u00a0ans')
  expect(dureeInWords({ mois: 18 })).toBe('18\u00a0mois')
  expect(dureeInWords({ jours: 1 })).toBe('1\u00a0jour')
})
test('an identity is kept 12 months after the last pass, never more than 2 years after the last contact', () => {
  const { identites } = CONSERVATION
  expect(keptUntil(identites, { dernier_pass: '2026-01-31', dernier_contact: '2026-01-31' })).toBe('2027-01-31')
  expect(keptUntil(identites, { dernier_pass: '2026-01-31', dernier_contact: '2024-06-01' })).toBe('2026-06-01')
  // a pass still to use: the first clock has not started, the second runs
  expect(keptUntil(identites, { dernier_contact: '2024-06-01' })).toBe('2026-06-01')
  expect(keptUntil(identites, {})).toBeNull()
})
test('days and months end where the calendar says; a programme ends when it says', () => {
  expect(keptUntil(CONSERVATION.courriels, { envoi: '2026-02-10' })).toBe('2026-03-12')
  expect(keptUntil(CONSERVATION.lien_utilisation, { paiement: '2025-08-31' })).toBe('2026-02-28')
  expect(keptUntil(CONSERVATION.pieces_fse, { fin_du_programme: '2027-12-31' })).toBeNull()
})
test('every trigger is used', () => {
  const used = new Set(
    Object.values(CONSERVATION).flatMap((entry) => [entry.declencheur, ...('limite' in entry ? [entry.limite.declencheur] : [])]),
  )
  expect(DECLENCHEURS.filter((one) => !used.has(one))).toEqual([])
})
