import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, receptionOf, whyNotCount, without } from './colis.ts'
import { countOf, joined, type Plage } from './plages.ts'

const lot = { premiere: 101, derniere: 220 }
const serialsOf = (plages: readonly Plage[]) =>
  plages.flatMap(({ premiere, derniere }) => Array.from({ length: derniere - premiere + 1 }, (_, i) => premiere + i))
const plages = fc.array(
  fc.tuple(fc.integer({ min: 101, max: 220 }), fc.nat(30)).map(([premiere, n]) => ({ premiere, derniere: Math.min(premiere + n, 220) })),
  { maxLength: 6 },
)

test('cartons follow each other and hold the whole lot, the last one shorter', () => {
  expect(cut(lot, 50)).toEqual([
    { premiere: 101, derniere: 150 },
    { premiere: 151, derniere: 200 },
    { premiere: 201, derniere: 220 },
  ])
  expect(cut(lot, 500)).toEqual([lot])
})

test('ranges merged and cut are the sets that they stand for', () => {
  fc.assert(
    fc.property(plages, plages, (some, holes) => {
      const wanted = new Set(serialsOf(some))
      expect(serialsOf(joined(some))).toEqual([...wanted].toSorted((a, b) => a - b))
      for (const hole of serialsOf(holes)) wanted.delete(hole)
      expect(serialsOf(without(some, holes))).toEqual([...wanted].toSorted((a, b) => a - b))
    }),
  )
})

test('a reception: received and missing share the lot out, nothing twice', () => {
  fc.assert(
    fc.property(plages, plages, plages, (etiquettes, manquants, ecartes) => {
      const { recus, manquants: missing } = receptionOf(lot, { etiquettes, manquants, ecartes })
      expect(countOf(recus) + countOf(missing) + countOf(joined(ecartes))).toBe(120)
      expect(without(recus, [...missing, ...ecartes])).toEqual(recus)
      for (const serie of serialsOf(manquants)) expect(serialsOf(recus)).not.toContain(serie)
    }),
  )
  expect(receptionOf(lot, { etiquettes: [], manquants: [] })).toEqual({ recus: [lot], manquants: [] })
  expect(receptionOf(lot, { etiquettes: [{ premiere: 101, derniere: 200 }], manquants: [{ premiere: 110, derniere: 110 }] })).toEqual({
    recus: [
      { premiere: 101, derniere: 109 },
      { premiere: 111, derniere: 200 },
    ],
    manquants: [
      { premiere: 110, derniere: 110 },
      { premiere: 201, derniere: 220 },
    ],
  })
})

test('what is of another lot is not counted', () => {
  const real = { premiere: 260_000_101, derniere: 260_000_220 }
  expect(whyNotCount(real, { premiere: 260_000_101, derniere: 260_000_220 })).toBeNull()
  expect(whyNotCount(real, { premiere: 260_000_100, derniere: 260_000_101 })?.code).toBe('plage_invalide')
  expect(whyNotCount(real, { nature: 'carton', premiere: 260_000_221, derniere: 260_000_230 })?.message).toContain('carton de 10')
})
