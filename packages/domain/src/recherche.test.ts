import { expect, test } from 'vitest'
import { codeOf } from './codes.ts'
import { formatEtiquette } from './etiquettes.ts'
import { cleDeReference, readNumero, rechercheDe } from './recherche.ts'
import { formatSerie } from './references.ts'

test('accents, capitals, ligatures and punctuation make no difference to a search', () => {
  expect(
    ['Guéret', 'L’Haÿ-les-Roses', '  SAINT--Étienne ', 'Œuilly', 'Ars-sur-Formans (01)', '23 220', '…'].map((text) => rechercheDe(text)),
  ).toEqual(['gueret', 'l hay les roses', 'saint etienne', 'oeuilly', 'ars sur formans 01', '23 220', ''])
})
test('a text typed composed or decomposed is the same', () => expect(rechercheDe('E\u0301lan')).toBe(rechercheDe('\u00c9lan')))

const numero = (texte: string) => {
  const read = readNumero(texte)
  return read.ok ? read.numero : read.refusal.message
}

test.each([
  ['PN 26-0001234-K', { sorte: 'serie', serie: 260_001_234 }],
  ['pn260001234k', { sorte: 'serie', serie: 260_001_234 }],
  ['212 302 509 00015', { sorte: 'siret', siret: '21230250900015' }],
  ['b26-0002', { sorte: 'reference', cle: 'B260002' }],
  ['C-2026-004', { sorte: 'reference', cle: 'C2026004' }],
  ['2026-0042', { sorte: 'reference', cle: '20260042' }],
  ['26-0001', { sorte: 'reference', cle: '260001' }],
])('%s is read', (texte, attendu) => expect(numero(texte)).toEqual(attendu))

test('the label of a carton says its range', () => {
  const label = formatEtiquette({ nature: 'carton', premiere: 260_010_001, derniere: 260_010_500 })
  expect(numero(label)).toMatchObject({ sorte: 'etiquette', plage: { premiere: 260_010_001, derniere: 260_010_500 } })
})

test('the code of a pass is worth money: it is refused before any request, even typed with its dashes', () => {
  const code = codeOf(new Uint8Array([1, 2, 3, 4, 5, 6, 7]))
  expect(numero(code)).toContain('il ne se cherche pas')
  expect(numero(code.replace(/(.{4})(?=.)/g, '$1-'))).toContain('il ne se cherche pas')
})

test.each([
  ['', 'au moins trois'],
  ['B2', 'au moins trois'],
  ['PN 26-0001234-L', 'Relisez le numéro'],
  ['X'.repeat(31), 'trop long'],
])('« %s » is refused in words', (texte, message) => expect(numero(texte)).toContain(message))

test('a reference is compared by its letters and figures', () =>
  expect(['C-2026-004', 'c 2026 004', formatSerie(260_001_234)].map((text) => cleDeReference(text))).toEqual([
    'C2026004',
    'C2026004',
    'PN260001234K',
  ]))
