import { expect, test } from 'vitest'
import { whyNotIdentify } from './beneficiaires.ts'
import { formatSerie } from './references.ts'
import { seriesLike, whyNotSend } from './stock.ts'

test('the beginning of a printed number is a range of serials, a whole one is itself', () => {
  expect(seriesLike('PN 26-0001')).toMatchObject({ de: 260_001_000, a: 260_001_999 })
  expect(seriesLike('26')).toMatchObject({ de: 260_000_000, a: 269_999_999 })
  expect(seriesLike(formatSerie(260_001_234))).toEqual({ de: 260_001_234, a: 260_001_234, rangs: [] })
  expect(seriesLike('260001234')).toMatchObject({ de: 260_001_234, a: 260_001_234, rangs: [] })
})
test('a rank alone is looked for in every year', () => {
  expect(seriesLike('1234')?.rangs).toContain(260_001_234)
  expect(seriesLike('0001234')?.rangs).toContain(260_001_234)
})
test('what holds no number is not a search', () => {
  expect([seriesLike('abc'), seriesLike(''), seriesLike('2600012345678')]).toEqual([null, null, null])
})

test('a range is sent when all of it is in reserve and of one delivery; else the first carnet at fault is named', () => {
  const range = { demandes: 3, disponibles: 3, premierIndisponible: null, lots: 1 }
  expect(whyNotSend(range)).toBeNull()
  const refused = whyNotSend({ ...range, disponibles: 2, premierIndisponible: 260_000_012 })
  expect(refused?.code).toBe('stock_insuffisant')
  expect(refused?.message).toContain(formatSerie(260_000_012))
  expect(whyNotSend({ ...range, lots: 2 })?.code).toBe('plage_invalide')
})

test.each([
  ['anonyme', true, 'identite_non_demandee'],
  ['anonyme', false, undefined],
  ['minimale', true, undefined],
  ['minimale', false, 'identite_manquante'],
  ['fse', true, undefined],
  ['fse', false, 'identite_manquante'],
] as const)('convention %s, person named %s: %s', (identite, nommee, code) => {
  expect(whyNotIdentify({ identite, nommee })?.code).toBe(code)
})
