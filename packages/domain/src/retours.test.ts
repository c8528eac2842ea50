import { expect, test } from 'vitest'
import {
  centimesIn,
  dayIn,
  motifLabel,
  readRetourLigne,
  type RetourColonne,
  retourEffet,
  type RetourLigne,
  retourPlaces,
  type VirementConnu,
  whyNotApplyRetour,
  whyNotTwice,
} from './retours.ts'

const HEADER = ['Référence', 'Montant', 'Résultat', 'Date', 'Motif']
const said = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
const read = (cells: Record<RetourColonne, string>) => readRetourLigne(7, (colonne) => cells[colonne])
const CELLS = { reference: 'B26-0002', montant: '1 234,50', resultat: 'Exécuté', date: '10/03/2026', motif: '' }
const ligne = (change: Partial<RetourLigne> = {}): RetourLigne => ({
  numero: 2,
  reference: 'B26-0002',
  resultat: 'execute',
  montantCentimes: 2000,
  dateBanque: '2026-03-10',
  motif: null,
  ...change,
})
const virement = (change: Partial<VirementConnu> = {}): VirementConnu => ({
  reference: 'B26-0002',
  montantCentimes: 2000,
  statut: 'emis',
  transmisLe: '2026-03-09',
  payeLe: null,
  ...change,
})
const judge = (lignes: RetourLigne[], known: VirementConnu[] = [virement()]) =>
  whyNotApplyRetour(lignes, (reference) => known.find((one) => one.reference === reference), '2026-03-10')

test('columns are found whatever their order, case or accents; another is passed over', () => {
  expect(retourPlaces(['motif', 'Compte', 'DATE', 'Resultat', 'référence', 'Montant'])).toEqual({
    motif: 0,
    date: 2,
    resultat: 3,
    reference: 4,
    montant: 5,
  })
})

test.each(HEADER)('without its column %s the file is refused, and says which', (missing) => {
  const refusal = retourPlaces(HEADER.filter((name) => name !== missing))
  expect(refusal).toMatchObject({ code: 'retour_illisible', message: expect.stringContaining(missing) })
})

test('a column that is there twice is refused', () => {
  expect(retourPlaces([...HEADER, 'Montant'])).toMatchObject({ code: 'retour_illisible' })
})

test.each([
  ['120,50', 12_050],
  ['1 234.5', 123_450],
  ['10', 1000],
  ['12 €', 1200],
  ['0,29', 29],
  ['0', null],
  ['-10', null],
  ['10,005', null],
  ['dix', null],
  ['1e3', null],
  ['', null],
])('amount %s', (text, expected) => {
  expect(centimesIn(text)).toBe(expected)
})

test.each([
  ['10/03/2026', '2026-03-10'],
  ['2026-03-10', '2026-03-10'],
  ['2026-03-10T12:00:00', '2026-03-10'],
  ['31/02/2026', null],
  ['2026-13-01', null],
  ['hier', null],
])('day %s', (text, expected) => {
  expect(dayIn(text)).toBe(expected)
})

test('a line is read; a rejection keeps its reason in words', () => {
  expect(read(CELLS)).toEqual({ ligne: ligne({ numero: 7, enMots: true, montantCentimes: 123_450 }) })
  expect(read({ ...CELLS, resultat: 'rejeté', motif: 'AC04' })).toMatchObject({
    ligne: { resultat: 'rejete', motif: 'Compte clos (AC04)' },
  })
  expect(read({ ...CELLS, resultat: 'REJETE', motif: '' })).toMatchObject({ ligne: { motif: 'Motif non précisé par la banque' } })
  expect(motifLabel('ZZ99')).toBe('ZZ99')
})

test.each([
  [{ reference: '' }, 'Ligne 7, « Référence »'],
  [{ montant: 'dix' }, 'Ligne 7, « Montant »'],
  [{ resultat: 'peut-être' }, 'Ligne 7, « Résultat »'],
  [{ date: '31/02/2026' }, 'Ligne 7, « Date »'],
] as const)('a wrong cell is told with its line and column: %o', (change, expected) => {
  const answer = read({ ...CELLS, ...change })
  expect('probleme' in answer && said(answer.probleme)).toContain(expected)
})

test('the same reference twice refuses the file, naming both lines; a file and a transfer of one name are two', () => {
  const twice = whyNotTwice([ligne(), ligne({ numero: 3, reference: 'B26-0003' }), ligne({ numero: 9 })])
  expect(twice?.code).toBe('retour_doublon')
  expect(said(twice?.message)).toContain('lignes 2 et 9')
  expect(whyNotTwice([ligne(), ligne({ numero: 3, remise: true })])).toBeNull()
  expect(whyNotTwice([ligne({ reference: null }), ligne({ numero: 3, reference: null })])).toBeNull()
})

test('one line with another amount refuses the whole file (D37), each wrong line named', () => {
  expect(judge([ligne()])).toBeNull()
  const refusal = judge(
    [ligne(), ligne({ numero: 3, reference: 'B26-0003', montantCentimes: 2001 })],
    [virement(), virement({ reference: 'B26-0003' })],
  )
  expect(refusal).toMatchObject({ code: 'retour_montant', erreurs: [{ chemin: 'lignes.3' }] })
  expect(said(refusal?.message)).toContain('20,00 €')
})

test('a transfer that has its result already refuses the file; one still running says nothing about it', () => {
  for (const statut of ['execute', 'rejete'] as const) {
    expect(judge([ligne()], [virement({ statut })])?.code).toBe('bordereau_clos')
    expect(judge([ligne({ resultat: 'attente' })], [virement({ statut })])).toBeNull()
  }
  expect(judge([ligne({ resultat: 'rejete' })], [virement({ statut: 'rejete' })])?.code).toBe('bordereau_clos')
})

const PAID = { statut: 'execute', payeLe: '2026-03-09' } as const
test('one that was paid may come back: the same amount, not before its payment, and not said of its whole file', () => {
  const back = (change: Partial<RetourLigne> = {}) => judge([ligne({ resultat: 'rejete', ...change })], [virement(PAID)])
  expect([back(), back({ dateBanque: '2026-03-09' }), back({ dateBanque: null, montantCentimes: null })]).toEqual([null, null, null])
  expect(back({ montantCentimes: 1999 })?.code).toBe('retour_montant')
  const early = judge([ligne({ resultat: 'rejete' })], [virement({ ...PAID, payeLe: '2026-03-11' })])
  expect([early?.code, said(early?.message)]).toEqual(['retour_date', expect.stringContaining('payé le 11/03/2026')])
  const typed = [back({ enMots: true }), back({ enMots: true, resultat: 'revenu' })]
  expect([typed[0]?.code, said(typed[0]?.message), typed[1]]).toEqual([
    'bordereau_clos',
    expect.stringContaining('écrivez « revenu »'),
    null,
  ])
  expect(said(judge([ligne({ resultat: 'revenu' })], [virement({})])?.message)).toContain('écrivez « rejeté »')
  const ofFile = back({ duFichier: true })
  expect([ofFile?.code, said(ofFile?.message)]).toEqual(['bordereau_clos', expect.stringContaining('virement par virement')])
  // before it is paid, the whole file may be refused at once
  expect(judge([ligne({ resultat: 'rejete', duFichier: true })])).toBeNull()
})

test.each([
  ['rejete', 'execute', 'revenu'],
  ['rejete', 'emis', 'rejete'],
  ['execute', 'emis', 'execute'],
  ['attente', 'execute', 'attente'],
] as const)('%s said of a transfer %s is %s', (resultat, statut, effet) => {
  expect(retourEffet({ resultat }, { statut })).toBe(effet)
})

test('the bank cannot have acted before the transfer left, nor tomorrow', () => {
  expect(judge([ligne({ dateBanque: '2026-03-08' })])?.code).toBe('retour_date')
  expect(judge([ligne({ dateBanque: '2026-03-11' })])?.code).toBe('retour_date')
  expect(judge([ligne({ dateBanque: '2026-03-09' })])).toBeNull()
})

test('an operation of somebody else is not looked at, whatever it says', () => {
  expect(judge([ligne({ reference: 'LOYER', montantCentimes: 1, dateBanque: '2030-01-01' })])).toBeNull()
})
