import { expect, test } from 'vitest'
import { parseForeignCode, foreignTextOf } from './codes-anciens.ts'
import { contradictions, readDay, readRepriseLine, reprisePlaces } from './reprise-fichier.ts'

const HEADER = ['Numéro du carnet', 'Code du pass', 'État', 'Fin de validité', 'Remis le', 'SIRET du prescripteur', 'Preuve']
const letter = (place: number) => 'ABCDEFGH'[place]!
const places = reprisePlaces(HEADER, letter) as Record<string, number>
const FACTS = { today: '2026-03-10', find: (siret: string) => (siret === '26230007000011' ? 'p1' : null) }
const read = (...cells: string[]) =>
  readRepriseLine(
    cells.map((texte) => ({ texte, formule: texte.startsWith('=') })),
    places,
    FACTS,
  )

test('a foreign code is letters and figures of any length but ours, whatever its spaces, dashes and case', () => {
  for (const text of ['anc-000 001', 'ANC.000/001', 'ＡＮＣ000001']) expect(parseForeignCode(text)).toEqual({ ok: true, code: 'ANC000001' })
  for (const text of ['', 'ABC', 'A'.repeat(25), 'AN?000001', 'K7M2-QX9T-B4RS', '123456789012'])
    expect(parseForeignCode(text).ok).toBe(false)
  expect([foreignTextOf('ancien:X1'), foreignTextOf('K7M2-QX9T-B4RS')]).toEqual(['X1', null])
})

test('columns are found by their names, in any order; unknown, twice or missing is said with its letter', () => {
  expect(reprisePlaces(['preuve', 'ETAT', 'code du pass', '', 'numero du carnet', 'fin de validite'], letter)).toEqual({
    preuve: 0,
    etat: 1,
    code: 2,
    serie: 4,
    dateFin: 5,
  })
  const said = (entetes: string[]) => (reprisePlaces(entetes, letter) as { message: string }).message
  expect(said([...HEADER, 'Nom'])).toMatch(/colonne H/)
  expect(said([...HEADER, 'État'])).toMatch(/deux fois/)
  expect(said(HEADER.filter((nom) => nom !== 'État'))).toMatch(/il manque la colonne «\u00a0État\u00a0»/)
})

test('days as people and spreadsheets write them', () => {
  expect(['31/12/2026', '1-2-2026', '2026-12-31', '2026-12-31T00:00:00', '46387'].map(readDay)).toEqual([
    '2026-12-31',
    '2026-02-01',
    '2026-12-31',
    '2026-12-31',
    '2026-12-31',
  ])
  expect(['31/02/2026', 'demain', '', '31/12/1999', '99999'].map(readDay)).toEqual([null, null, null, null, null])
})

test('a line says its state in the words of former operators, its holder by SIRET', () => {
  expect(read('a 12', 'anc-0001', 'NON UTILISÉ', '30/06/2026', '12/01/2026', '262 300 070 00011', 'Page 3')).toEqual({
    ligne: {
      serie: 'A 12',
      code: 'ANC0001',
      etat: 'neuf',
      dateFin: '2026-06-30',
      remisLe: '2026-01-12',
      prescripteurId: 'p1',
      preuve: 'Page 3',
    },
  })
  const problem = (...cells: string[]) => (read(...cells) as { probleme?: string }).probleme
  expect(problem('', 'ANC0001', 'Payé', '30/06/2026')).toMatch(/Numéro du carnet/)
  expect(problem('A1', 'ANC0001', '?', '30/06/2026')).toMatch(/État/)
  expect(problem('A1', 'ANC0001', 'Impayé', '30/06/2026', '11/03/2026', '26230007000011')).toMatch(/pas encore passée/)
  expect(problem('A1', '=A2', 'Impayé', '30/06/2026')).toMatch(/formule/)
  // a problem shows on screens and in files: never the code
  expect(problem('A1', 'SECRET?CODE', 'Impayé', '30/06/2026')).not.toMatch(/SECRET/)
})

test('the same pass twice, another date for a carnet, an eleventh pass: told at the later line', () => {
  const ligne = { serie: 'A', etat: 'neuf' as const, dateFin: '2026-06-30', remisLe: null, prescripteurId: null, preuve: 'x' }
  const lines = Array.from({ length: 11 }, (_, i) => ({ numero: i + 2, ligne, empreinte: `h${i}` }))
  expect([...contradictions(lines).keys()]).toEqual([12])
  const twice = [lines[0]!, { ...lines[1]!, empreinte: 'h0' }, { ...lines[2]!, ligne: { ...ligne, dateFin: '2026-07-31' } }]
  expect([...contradictions(twice)].map(([numero]) => numero)).toEqual([3, 4])
})
