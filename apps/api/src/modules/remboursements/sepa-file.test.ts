import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type Ordre, sepaFile } from './sepa-file.ts'

const XSD = readFileSync(new URL('../../../test/pain.001.001.09.xsd', import.meta.url), 'utf8')
const errorsOf = async (xml: string) => (await validateXML({ xml, schema: XSD, maxMemoryPages: 2048 })).errors.map(({ message }) => message)

const IBAN = 'FR14 2004 1010 0505 0001 3M02 606'
const virement = (montantCentimes: number, titulaire = 'Tiers-lieu Le Chai') => ({
  reference: 'B26-0002',
  titulaire,
  iban: IBAN,
  montantCentimes,
  libelle: 'Pass numérique mars 2026',
})
const ordre = (virements: Ordre['virements']): Ordre => ({
  reference: 'R26-0001',
  now: new Date('2026-03-10T08:00:05Z'),
  dateExecution: '2026-03-10',
  debiteur: { nom: 'Opérateur Modèle', iban: 'FR76 3000 1007 9412 3456 7890 185' },
  virements,
})
/** Every text of the file, as the bank reads it. */
const texts = (xml: string) => [...xml.matchAll(/>([^<>]+)</g)].map(([, text]) => text!.replaceAll('&apos;', "'").replaceAll('&amp;', '&'))

test('a file follows the schema, with its control totals, without BIC or address', async () => {
  const xml = sepaFile(ordre([virement(120_050), virement(1)]))
  expect(await errorsOf(xml)).toEqual([])
  expect(xml).toContain('<CreDtTm>2026-03-10T09:00:05</CreDtTm><NbOfTxs>2</NbOfTxs><CtrlSum>1200.51</CtrlSum>')
  expect(xml).toContain('<ReqdExctnDt><Dt>2026-03-10</Dt></ReqdExctnDt>')
  expect(xml).not.toMatch(/PstlAdr|BIC/)
})

test('the schema refuses what a bank would: this test can fail', { timeout: 60_000 }, async () => {
  const xml = sepaFile(ordre([virement(1000)]))
  for (const [good, bad] of [
    ['<InstdAmt Ccy="EUR">10.00<', '<InstdAmt Ccy="EUR">10.001<'],
    ['<NbOfTxs>1<', '<NbOfTxs>un<'],
    ['<Nm>Tiers-lieu Le Chai</Nm>', ''],
    ['FR1420041010050500013M02606', 'FR14 2004'],
    ['<EndToEndId>', '<EndToEnd>'],
  ] as const) {
    expect(xml).toContain(good)
    expect([bad, (await errorsOf(xml.replaceAll(good, bad))).length]).not.toEqual([bad, 0])
  }
})

test('hostile names stay in the SEPA character set and follow the schema', { timeout: 60_000 }, async () => {
  const names = [
    'O’Brien & <fils> "Ltd"',
    'École d’à côté — çà et là',
    '//slash//',
    '中文学校',
    '=cmd|calc',
    '   ',
    'x'.repeat(500),
    'Ligne\nretour\ttab',
    '\u202eneila',
    'Œuvre ßœ€@_',
  ]
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (nom) => {
      names.push(nom)
      for (const text of texts(sepaFile(ordre([virement(1000, nom)])))) expect(text).toMatch(/^[a-zA-Z0-9/\-?:().,'+ ]{1,140}$/)
    }),
    { numRuns: 200 },
  )
  for (let i = 0; i < names.length; i += 70)
    expect(await errorsOf(sepaFile(ordre(names.slice(i, i + 70).map((nom) => virement(1000, nom)))))).toEqual([])
})

test('euros are the centimes, line by line and in total', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 99_999_999_999 }), { minLength: 1, maxLength: 40 }), (amounts) => {
      const xml = sepaFile(ordre(amounts.map((montant) => virement(montant))))
      const centimes = (text: string) => Number(text.replace('.', ''))
      expect([...xml.matchAll(/<InstdAmt Ccy="EUR">([0-9.]+)</g)].map(([, text]) => centimes(text!))).toEqual(amounts)
      const total = amounts.reduce((sum, one) => sum + one, 0)
      expect([...xml.matchAll(/<CtrlSum>([0-9.]+)</g)].map(([, text]) => centimes(text!))).toEqual([total, total])
    }),
    { numRuns: 300 },
  )
})
