import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repartirCarnets, whyNotRepartir } from './repartition.ts'

const COMMUNES = [
  { code: '23096', population: 13_000 },
  { code: '23025', population: 1_300 },
  { code: '23001', population: 700 },
]

test('a fixed part for each, the rest by population', () => {
  expect(repartirCarnets(150, COMMUNES, 0)).toEqual([130, 13, 7])
  expect(repartirCarnets(150, COMMUNES, 10_000)).toEqual([50, 50, 50])
  expect(repartirCarnets(150, COMMUNES, 2000)).toEqual([114, 20, 16])
})

test('the parts always add up, and none is more than one carnet away from its quota', () => {
  const commune = fc.record({ code: fc.string(), population: fc.integer({ min: 0, max: 500_000 }) })
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000 }),
      fc.array(commune, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 100 }),
      (carnets, communes, part) => {
        if (whyNotRepartir(communes, part * 100)) return
        const parts = repartirCarnets(carnets, communes, part * 100)
        const people = communes.reduce((sum, { population }) => sum + population, 0)
        expect(parts.reduce((sum, one) => sum + one, 0)).toBe(carnets)
        for (const [i, { population }] of communes.entries()) {
          const byPeople = people === 0 ? 0 : (carnets * (100 - part) * population) / (100 * people)
          const quota = people === 0 ? carnets / communes.length : (carnets * part) / (100 * communes.length) + byPeople
          expect(Math.abs(parts[i]! - quota)).toBeLessThan(1)
        }
      },
    ),
  )
})

test('a larger commune never gets fewer carnets than a smaller one', () => {
  const parts = repartirCarnets(97, COMMUNES, 3000)
  expect(parts.toSorted((a, b) => b - a)).toEqual(parts)
})

test('nothing is shared out without a commune, nor by a population that is not known', () => {
  expect(whyNotRepartir([], 3000)?.code).toBe('repartition_impossible')
  expect(whyNotRepartir([{ code: 'x', population: 0 }], 3000)?.code).toBe('repartition_impossible')
  expect(whyNotRepartir([{ code: 'x', population: 0 }], 10_000)).toBeNull()
})
