import { expect, test } from 'vitest'
import { initiale, nomCourt, trancheOf } from './beneficiaires.ts'
import { BESOIN_CODES, DIAGNOSTIC, findNir, niveauOf, reponsesOf, themeOf, whyNotPrescribe, whyNotRecord } from './prescriptions.ts'
import { THEME_CODES } from './lieux.ts'

test('three questions of three answers worth 0, 1 and 2', () => {
  expect(DIAGNOSTIC.map(({ reponses }) => reponses.map(({ points }) => points))).toEqual([
    [0, 1, 2],
    [0, 1, 2],
    [0, 1, 2],
  ])
  expect(reponsesOf('usage')).toEqual(['jamais', 'parfois', 'chaque_jour'])
})
test.each([
  ['jamais', 'quelquun_fait', 'non', 'debutant'],
  ['chaque_jour', 'quelquun_fait', 'non', 'debutant'],
  ['chaque_jour', 'avec_aide', 'non', 'intermediaire'],
  ['chaque_jour', 'avec_aide', 'difficilement', 'intermediaire'],
  ['chaque_jour', 'sans_aide', 'difficilement', 'autonome'],
  ['chaque_jour', 'sans_aide', 'oui', 'autonome'],
  ['chaque_jour', 'sans_aide', 'souvent', null],
  ['oui', 'sans_aide', 'oui', null],
])('the answers %s, %s, %s give %s', (usage, demarches, courriel, niveau) => {
  expect(niveauOf({ usage, demarches, courriel })).toBe(niveau)
})
test('a diagnostic under way has no level', () => {
  expect(niveauOf({ usage: 'jamais' })).toBeNull()
  expect(niveauOf({})).toBeNull()
})
test('every need leads to a service', () => {
  expect(BESOIN_CODES.every((code) => THEME_CODES.includes(themeOf(code)))).toBe(true)
})

test.each([
  '2690549588157',
  '269054958815780',
  '2 69 05 49 588 157 80',
  '2 69 05 49 588 157',
  '2.69.05.49.588.157.80',
  '2-69-05-49-588-157-80',
  '1 85 12 2A 123 456 78',
  '1 85 12 2b 123 456',
  '1851220123456',
  '1 55 99 99 123 456 12',
  '7 69 05 49 588 157 80',
  '26 90 54 95 88 15 7',
  '2 6 9 0 5 4 9 5 8 8 1 5 7 8 0',
  'NIR : 269054958815780, merci',
  'Mme X269054958815780',
])('%s holds a numéro de sécurité sociale (A22)', (text) => {
  expect(findNir(text)).not.toBeNull()
})
test.each([
  '',
  'Alix Exemple',
  '05 55 00 00 00',
  '+33 5 55 00 00 00',
  '06.12.34.56.78',
  '21230250900014',
  '212 302 509 00014',
  'FR14 2004 1010 0505 0001 3M02 606',
  'FR76 3000 4000 0312 3456 7890 143',
  'PN 26-0001234-K',
  'K7M2-QX9T-B4RS',
  '2026-03-10',
  '1 rue des 12 Étoiles, 23000 Guéret',
  '0192d1c0-0000-7000-8000-000000000101',
  '2690549588157801',
])('%s holds none', (text) => {
  expect(findNir(text)).toBeNull()
})
test('every field of a body is read, and those in fault are named', () => {
  const refusal = whyNotRecord({
    nom: 'Exemple',
    contact: '2 69 05 49 588 157 80',
    personne: { notes: ['rien', '269054958815780'] },
    annee: 1969,
    rien: null,
  })
  expect(refusal?.code).toBe('nir_refuse')
  expect(refusal?.erreurs?.map(({ chemin }) => chemin)).toEqual(['contact', 'personne.notes.1'])
  expect(whyNotRecord({ numero: 2_690_549_588_157 })?.code).toBe('nir_refuse')
  expect(whyNotRecord({ nom: 'Exemple', age: 57 })).toBeNull()
})
test.each([
  [{}, null],
  [{ reponses: { usage: 'jamais' } }, 'diagnostic_incomplet'],
  [{ publicCode: 'seniors' }, 'public_non_eligible'],
  [{ champs: { contact: '269054958815780' } }, 'nir_refuse'],
])('prescribing with %j: %s', (facts, code) => {
  const ready = {
    reponses: { usage: 'parfois', demarches: 'quelquun_fait', courriel: 'non' },
    publicCode: 'demandeurs_emploi',
    publicsEligibles: ['demandeurs_emploi'],
    ...facts,
  }
  expect(whyNotPrescribe(ready)?.code ?? null).toBe(code)
})

test.each([
  [2009, 'moins_18'],
  [2008, '18_24'],
  [2002, '18_24'],
  [2001, '25_39'],
  [1987, '25_39'],
  [1986, '40_59'],
  [1966, '60_69'],
  [1956, '70_plus'],
  [1900, 'non_communique'],
  [2030, 'non_communique'],
  [null, 'non_communique'],
])('born in %s, the bracket in 2026 is %s', (year, tranche) => {
  expect(trancheOf(year, '2026-03-10')).toBe(tranche)
})
test.each([
  ['durand', 'D.'],
  ['Élie', 'É.'],
  ['d’Ormesson', 'D.'],
  ['  ', ''],
  [null, ''],
])('the initial of %s is %s', (nom, initial) => {
  expect(initiale(nom)).toBe(initial)
})
test('a structure reads a first name and an initial', () => {
  expect(nomCourt({ prenom: 'Alix', nom: 'Exemple' })).toBe('Alix\u00a0E.')
  expect(nomCourt({ prenom: null, nom: null })).toBe('Personne non nommée')
})
