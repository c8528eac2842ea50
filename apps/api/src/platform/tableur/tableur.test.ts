import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTable } from './read-table.ts'
import { LIGNES_MAX, letterOf, Unreadable } from './table.ts'
import { csv, xlsx } from './write-table.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding)
const ofCsv = (octets: Uint8Array) => readTable({ type: 'text/csv', octets })
const ofXlsx = (octets: Uint8Array) => readTable({ type: XLSX, octets })
const texts = (lignes: ReturnType<typeof readTable>) => lignes.map(({ cellules }) => cellules.map(({ texte }) => texte))
const faultOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    if (error instanceof Unreadable) return error.message.replaceAll('\u00a0', ' ')
    throw error
  }
  return 'lu'
}

/** A workbook as spreadsheets save it, around these parts. */
const book = (sheet: string, shared = '', prefix = '') =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      `<${prefix}workbook><${prefix}sheets><${prefix}sheet name="A" sheetId="1" r:id="rId7"/></${prefix}sheets></${prefix}workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="styles.xml"/><Relationship Id="rId7" Target="worksheets/feuille.xml"/></Relationships>',
    ),
    'xl/worksheets/feuille.xml': strToU8(sheet),
    ...(shared && { 'xl/sharedStrings.xml': strToU8(shared) }),
  })

test('a CSV is read whatever its separator, its accents and its line ends; lines keep their number', () => {
  expect(texts(ofCsv(bytes('\ufeffPrescripteur;Numéro\r\nCCAS;1\r\n\r\n"Mission ;locale";2\r\n')))).toEqual([
    ['Prescripteur', 'Numéro'],
    ['CCAS', '1'],
    ['Mission ;locale', '2'],
  ])
  expect(texts(ofCsv(bytes('a,b\n"x,y",é\n')))).toEqual([
    ['a', 'b'],
    ['x,y', 'é'],
  ])
  expect(texts(ofCsv(bytes('Numéro\tÉtat\nà\tç', 'latin1')))).toEqual([
    ['Numéro', 'État'],
    ['à', 'ç'],
  ])
  const long = ofCsv(bytes('a;b\n"deux\nlignes";x\n;\ny;z\n'))
  expect(long.map(({ numero }) => numero)).toEqual([1, 2, 5])
})

test('two codings of accents in one file are told with the line and the column', () => {
  const mixed = Buffer.concat([bytes('Prescripteur;Numéro\n'), bytes('CCAS;Bénévent\n', 'latin1')])
  expect(faultOf(() => ofCsv(mixed))).toMatch(/^Ligne 2, colonne B : les accents ne sont pas codés comme à la ligne 1/)
})

test('a quote left open is told with its line; an empty file too', () => {
  expect(faultOf(() => ofCsv(bytes('a;b\nx;"y\n')))).toMatch(/^Ligne \d+ : un guillemet/)
  expect(faultOf(() => ofCsv(bytes('\n;\n')))).toBe('Ce fichier ne contient aucune ligne.')
})

test('formulas are told apart, in both formats; a signed number is none', () => {
  const [, line] = ofCsv(bytes('a;b;c;d;e\n=1+1;-12;@x;+33 6;-cmd\n'))
  expect(line!.cellules.map(({ formule }) => formule)).toEqual([true, false, true, false, true])
  const [row] = ofXlsx(
    book(
      '<worksheet><sheetData><row r="1"><c r="A1"><f>A2+1</f><v>260001234</v></c><c r="B1" t="n"><v>5</v></c></row></sheetData></worksheet>',
    ),
  )
  expect(row!.cellules).toEqual([
    { texte: '260001234', formule: true },
    { texte: '5', formule: false },
  ])
})

test('a workbook is read: shared and rich strings, holes, numbers in any notation, another prefix', () => {
  const shared =
    '<sst><si><t>CCAS &amp; amis</t></si><si><r><t>Num</t></r><r><rPr/><t xml:space="preserve">éro </t></r><rPh sb="0"><t>kana</t></rPh></si></sst>'
  const sheet =
    '<worksheet><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row><row r="3"/><row r="5"><c r="B5"><v>2.60001234E8</v></c><c t="inlineStr"><is><t>&#233;_x0041_</t></is></c></row></sheetData></worksheet>'
  const lignes = ofXlsx(book(sheet, shared))
  expect(lignes.map(({ numero }) => numero)).toEqual([2, 5])
  expect(texts(lignes)).toEqual([
    ['CCAS & amis', '', 'Numéro'],
    ['', '260001234', 'éA'],
  ])
  const prefixed = '<x:worksheet><x:sheetData><x:row><x:c r="A1" t="str"><x:v>un</x:v></x:c></x:row></x:sheetData></x:worksheet>'
  expect(texts(ofXlsx(book(prefixed, '', 'x:')))).toEqual([['un']])
})

test('what is no workbook, is locked, declares entities or never closes is refused in words', () => {
  const broken = 'Ce classeur ne peut pas être ouvert. Enregistrez-le de nouveau au format XLSX, sans mot de passe.'
  const sheet = (text: string) => () => ofXlsx(book(text))
  expect(faultOf(() => ofXlsx(bytes('PK\u0003\u0004 rien')))).toBe(broken)
  expect(faultOf(sheet('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'))).toBe(broken)
  expect(faultOf(sheet(`<worksheet>${'<row>'.repeat(200_000)}`))).toBe(broken)
  expect(faultOf(sheet('<worksheet/>'))).toBe('Ce fichier ne contient aucune ligne.')
  // what the directory says of a part is enough: nothing is inflated
  const bomb = Buffer.from(book('<worksheet/>'))
  bomb.writeUInt32LE(151 * 1024 * 1024, bomb.indexOf('PK\u0001\u0002', bomb.indexOf('PK\u0001\u0002') + 4) + 24)
  expect(faultOf(() => ofXlsx(bomb))).toMatch(/trop volumineux/)
})

test('100 000 lines are read, one more is told by its number', () => {
  const file = (n: number) => bytes(`a;b\n${'x;1\n'.repeat(n)}`)
  expect(ofCsv(file(LIGNES_MAX))).toHaveLength(LIGNES_MAX + 1)
  expect(faultOf(() => ofCsv(file(LIGNES_MAX + 1)))).toMatch(/^Ligne 100002 : ce fichier compte plus de 100 000 lignes/)
  expect(faultOf(() => ofCsv(bytes(`a\n${'x;'.repeat(60)}x\n`)))).toMatch(/^Ligne 2 : cette ligne compte plus de 50 colonnes/)
  expect(faultOf(() => ofCsv(bytes(`a;b\nx;${'y'.repeat(501)}\n`)))).toBe('Ligne 2, colonne B : ce texte dépasse 500 caractères.')
})

test('columns are named as spreadsheets name them', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
})

test('what is written is read back as it was, in both formats, and no cell of a CSV is a formula', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) =>
    text
      // oxlint-disable-next-line no-control-regex -- neither format carries control characters
      .replace(/[\u0000-\u001f\u007f\ufeff\ufffe\uffff]/g, '')
      .toWellFormed()
      .normalize('NFC')
      .trim(),
  )
  const table = fc.array(fc.tuple(fc.constant('x'), cell, cell, fc.constant('y')), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(table, (rows) => {
      expect(texts(ofXlsx(xlsx(rows)))).toEqual(rows)
      const read = ofCsv(csv(rows))
      expect(read.flatMap(({ cellules }) => cellules).some(({ formule }) => formule)).toBe(false)
      expect(texts(read).map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/, '')))).toEqual(rows)
    }),
    { numRuns: 200 },
  )
})
