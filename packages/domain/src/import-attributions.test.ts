import { expect, test } from 'vitest'
import {
  type FindPrescripteur,
  IMPORT_STATUTS,
  type ImportPlaces,
  overlapProblem,
  placesOf,
  readLine,
  whyNotApply,
} from './import-attributions.ts'
import { formatSerie } from './references.ts'

const letter = (place: number) => String.fromCharCode(65 + place)
const message = (found: ReturnType<typeof placesOf>) => ('code' in found ? found.message.replaceAll('\u00a0', ' ') : 'lu')

test('columns are found by their name, in any order, with or without accents; one of our own error file is passed over', () => {
  expect(placesOf(['premier numero', 'PRESCRIPTEUR', 'Problème', ''], letter)).toEqual({ premier: 0, prescripteur: 1 })
  expect(placesOf(['SIRET', 'Premier numéro', 'Dernier numéro', 'Carnets'], letter)).toEqual({
    siret: 0,
    premier: 1,
    dernier: 2,
    carnets: 3,
  })
})

test('a column unknown, twice or missing is told with its place', () => {
  expect(message(placesOf(['SIRET', 'Premier numéro', 'Code'], letter))).toMatch(
    /^Ligne 1, colonne C : « Code » n’est pas une colonne du modèle/,
  )
  expect(message(placesOf(['SIRET', 'Siret'], letter))).toMatch(/^Ligne 1, colonne B : la colonne « SIRET » est là deux fois/)
  expect(message(placesOf(['Premier numéro'], letter))).toMatch(/^Ligne 1 : il manque la colonne « SIRET » ou « Prescripteur »/)
  expect(message(placesOf(['SIRET'], letter))).toMatch(/« Premier numéro »/)
})

const PLACES: ImportPlaces = { siret: 0, prescripteur: 1, premier: 2, dernier: 3, carnets: 4 }
const find: FindPrescripteur = (by) => {
  if ('siret' in by) return by.siret === '21230250900014' ? 'p1' : 'absent'
  return by.nom === 'CCAS' ? 'p1' : by.nom === 'Mairie' ? 'plusieurs' : 'absent'
}
const K = 260_000_001
const line = (...texts: string[]) =>
  readLine(
    texts.map((texte) => ({ texte, formule: texte.startsWith('=') })),
    PLACES,
    find,
  )
const problemOf = (read: ReturnType<typeof line>) => ('probleme' in read ? read.probleme.replaceAll('\u00a0', ' ') : 'lu')
const n = (i: number) => formatSerie(K + i)

test('a line is a prescripteur and a range: to a number, for a count, or one carnet', () => {
  const read = { prescripteurId: 'p1', premiere: K }
  expect(line('', 'CCAS', n(0), n(4), '')).toEqual({ ligne: { ...read, derniere: K + 4 } })
  expect(line('212 302 509 00014', '', n(0), '', '1 200')).toEqual({ ligne: { ...read, derniere: K + 1199 } })
  expect(line('', 'CCAS', n(0).toLowerCase().replace(' ', ''))).toEqual({ ligne: { ...read, derniere: K } })
  expect(line('', 'CCAS', n(0), n(4), '5')).toEqual({ ligne: { ...read, derniere: K + 4 } })
})

test.each([
  ['nobody is named', ['', '', n(0)], /^Indiquez le SIRET ou le nom/],
  ['a name of nobody', ['', 'Inconnu', n(0)], /^Colonne « Prescripteur » : aucun prescripteur de votre territoire/],
  ['a name of two', ['', 'Mairie', n(0)], /plusieurs prescripteurs ont ce nom/],
  ['a SIRET of nobody, whatever the name', ['1', 'CCAS', n(0)], /^Colonne « SIRET »/],
  ['a number mistyped', ['', 'CCAS', 'PN 26-0000001-A'], /^Colonne « Premier numéro » : /],
  ['a last number before the first', ['', 'CCAS', n(4), n(0)], /^Colonne « Dernier numéro » : le dernier/],
  ['a count that is none', ['', 'CCAS', n(0), '', '-3'], /^Colonne « Carnets » : indiquez un nombre/],
  ['a count that the range belies', ['', 'CCAS', n(0), n(4), '6'], /il y a 5 carnets, pas 6/],
  ['a formula', ['', 'CCAS', '=A1'], /^Colonne « Premier numéro » : cette case est une formule/],
])('%s is told with its column', (_, texts, expected) => {
  expect(problemOf(line(...texts))).toMatch(expected)
})

test('only a file read without a fault is applied, once', () => {
  expect(IMPORT_STATUTS.filter((statut) => !whyNotApply({ statut, fautes: 0 }))).toEqual(['a_confirmer'])
  expect(whyNotApply({ statut: 'en_erreur', fautes: 2 })?.message).toMatch(/^2\slignes à corriger/)
  expect(overlapProblem(K, 3)).toContain('ligne 3')
})
