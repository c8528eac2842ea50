import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRange, formatReference, formatSerie, isSerie, parseSerie, rangeSize, serieOf } from './references.ts'

test('the serial of the guides is a true one', () => {
  expect(formatSerie(260_001_234)).toBe('PN\u00a026-0001234-K')
  expect(serieOf(2026, 1234)).toBe(260_001_234)
})
test.each([
  'PN 26-0001234-K',
  'pn26-0001234-k',
  '26 0001234 K',
  'PN\u00a026-0001234-K',
  'PN 26–OOO1234–K',
  'PN26000L234K',
  ' PN 26.0001234.K ',
])('%s reads 260001234', (text) => {
  expect(parseSerie(text)).toEqual({ ok: true, serie: 260_001_234 })
})
test.each([
  ['PN 26-000123-K', 'Il manque un caractère. Exemple\u00a0: PN 26-0001234-K.'],
  ['26-0001', 'Il manque 4 caractères.'],
  ['PN 26-0001234-KK', 'Il y a un caractère de trop.'],
  ['PN 26-0001235-K', 'Un caractère est faux'],
  ['PN 26-0001324-K', 'Un caractère est faux'],
  ['PN 26-00A1234-K', 'Le caractère «\u00a0A\u00a0» n’est pas à sa place'],
  ['PN 26-0001234-é', 'Le caractère «\u00a0É\u00a0»'],
  ['', 'Saisissez le numéro du carnet.'],
])('%s is refused: %s', (text, reason) => {
  const parsed = parseSerie(text)
  expect(parsed).toMatchObject({ ok: false, refusal: { code: 'numero_malforme' } })
  expect(parsed.ok ? '' : parsed.refusal.message).toContain(reason)
})
test('what is printed reads back, and no single digit or swap goes unseen', () => {
  const serie = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 9_999_999 })).map(([year, n]) => serieOf(year, n))
  fc.assert(
    fc.property(serie, fc.nat(8), fc.nat(9), (n, place, digit) => {
      expect(parseSerie(formatSerie(n))).toEqual({ ok: true, serie: n })
      const symbols = [...formatSerie(n).slice(3).replaceAll('-', '')]
      const wrong = symbols.with(place, String(digit))
      if (wrong[place] !== symbols[place]) expect(parseSerie(wrong.join('')).ok).toBe(false)
      if (place < 8 && symbols[place] !== symbols[place + 1])
        expect(
          parseSerie(
            symbols
              .with(place, symbols[place + 1]!)
              .with(place + 1, symbols[place]!)
              .join(''),
          ).ok,
        ).toBe(false)
    }),
    { numRuns: 1000 },
  )
})
test('a serial has a rank', () => {
  expect([260_000_000, 260_000_001, 1_000_000_000, -1, 1.5].map(isSerie)).toEqual([false, true, false, false, false])
  expect(() => formatSerie(260_000_000)).toThrow(RangeError)
})
test.each([
  [260_000_001, 260_000_100, 100],
  [260_000_001, 260_000_001, 1],
  [260_000_002, 260_000_001, 0],
  [260_000_001, 270_000_001, 0],
  [0, 5, 0],
])('the range %i–%i holds %i carnets', (premiere, derniere, size) => {
  expect(rangeSize(premiere, derniere)).toBe(size)
})
test('ranges and yearly numbers', () => {
  expect(formatRange(260_001_234, 260_001_234)).toBe('PN\u00a026-0001234-K')
  expect(formatRange(260_000_001, 260_001_234)).toBe('PN\u00a026-0000001-T à PN\u00a026-0001234-K')
  expect([formatReference('', 2026, 42), formatReference('B', 2026, 117), formatReference('', 2026, 12_345)]).toEqual([
    '2026-0042',
    'B26-0117',
    '2026-12345',
  ])
})
