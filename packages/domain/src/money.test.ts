import fc from 'fast-check'
import { expect, test } from 'vitest'
import { euros, feeCentimes, formatNumber, percent, plural, pluralPass, shareOut } from './money.ts'

test.each([
  [300, [3333, 6667], [100, 200]],
  [1000, [6000, 2000, 2000], [600, 200, 200]],
  [1, [5000, 5000], [1, 0]],
  [100, [3333, 3333, 3334], [33, 33, 34]],
  [3000, [3333, 6667], [1000, 2000]],
  [-1, [5000, 5000], [-1, 0]],
  [0, [10_000], [0]],
])('%i centimes shared by %j are %j', (montant, keys, parts) => {
  expect(shareOut(montant, keys)).toEqual(parts)
})

const keys = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 10 }).filter((list) => list.some((key) => key > 0))

test('sharing loses no centime, and no part is a centime away from its exact share', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), keys, (montant, bp) => {
      const parts = shareOut(montant, bp)
      const total = bp.reduce((sum, key) => sum + key, 0)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(montant)
      for (const [i, part] of parts.entries()) {
        const gap = BigInt(part) * BigInt(total) - BigInt(montant) * BigInt(bp[i]!)
        expect(gap < BigInt(total) && gap > -BigInt(total)).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('a part with no key gets nothing, and the order decides ties only', () => {
  expect(shareOut(5, [0, 5000, 5000])).toEqual([0, 3, 2])
})

test.each([[[]], [[0]], [[-1, 10_001]], [[0.5, 1]]])('the key %j is not shared', (bp) => {
  expect(() => shareOut(100, bp)).toThrow(RangeError)
})
test('a fraction of a centime is not shared', () => {
  expect(() => shareOut(0.5, [10_000])).toThrow(RangeError)
})

test.each([
  [1_000_000, 400, 40_000],
  [125, 400, 5],
  [112, 400, 4],
  [113, 400, 5],
  [40_000, 2000, 8000],
  [0, 2000, 0],
])('%i centimes at %i basis points are %i', (montant, bp, fee) => {
  expect(feeCentimes(montant, bp)).toBe(fee)
})

test.each([
  [123_450, '1 234,50 €'],
  [0, '0,00 €'],
  [5, '0,05 €'],
  [-40_000, '−400,00 €'],
  [1_200_000_00, '1 200 000,00 €'],
])('%i centimes read %s', (centimes, text) => {
  expect(euros(centimes)).toBe(text.replaceAll(' ', '\u00a0'))
})
test('a bigint reads as a number does', () => {
  expect(euros(123_450n)).toBe(euros(123_450))
})

test.each([
  [0, '0 pass'],
  [1, '1 pass'],
  [1200, '1 200 pass'],
  [1_200_000, '1 200 000 pass'],
])('%i pass read %s', (n, text) => {
  expect(pluralPass(n)).toBe(text.replaceAll(' ', '\u00a0'))
})
test.each([
  [0, '0 carnet'],
  [1, '1 carnet'],
  [2, '2 carnets'],
])('0 and 1 are singular: %i', (n, text) => {
  expect(plural(n, 'carnet')).toBe(text.replaceAll(' ', '\u00a0'))
})
test.each([
  [6000, '60 %'],
  [3333, '33,33 %'],
  [50, '0,5 %'],
  [1, '0,01 %'],
  [10_000, '100 %'],
])('%i basis points read %s', (bp, text) => {
  expect(percent(bp)).toBe(text.replaceAll(' ', '\u00a0'))
})
test('numbers group by three with a space that PDF fonts have', () => {
  expect(formatNumber(1_234_567)).toBe('1\u00a0234\u00a0567')
  expect(formatNumber(999)).toBe('999')
})
