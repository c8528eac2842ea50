import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countOf, ENVOI_CARNETS_MAX, joined, overlaps, parsePlages, readPlages, whyNotRanges, writePlages } from './plages.ts'
import { formatSerie } from './references.ts'

const K = 260_000_000
const plage = (premiere: number, derniere = premiere) => ({ premiere: K + premiere, derniere: K + derniere })
const typed = (premier: number, dernier = premier) => writePlages([plage(premier, dernier)])[0]!

test('carnets scanned one by one, in any order and twice, read as the ranges they make', () => {
  expect(joined([plage(3), plage(1), plage(2), plage(2), plage(7, 9), plage(8)])).toEqual([plage(1, 3), plage(7, 9)])
  expect(joined([])).toEqual([])
})

test('ranges that touch or overlap are one, a carnet named twice counts once', () => {
  expect(readPlages([typed(10, 12), typed(1, 3), typed(12, 15), typed(4)], 10)).toEqual({
    ok: true,
    plages: [plage(1, 4), plage(10, 15)],
    carnets: 10,
  })
})

test.each([
  ['a number mistyped', [typed(1, 2), { premier: formatSerie(K + 3), dernier: 'PN 26-000004' }], 'numero_malforme', 'plages.1.dernier'],
  ['ends in the wrong order', [typed(5, 4)], 'plage_invalide', 'plages.0.dernier'],
  ['two years', [{ premier: formatSerie(K + 1), dernier: formatSerie(270_000_001) }], 'plage_invalide', 'plages.0.dernier'],
])('%s is refused on its field', (_, saisies, code, chemin) => {
  const read = parsePlages(saisies)
  expect(read.ok ? null : [read.refusal.code, read.refusal.erreurs?.[0]?.chemin]).toEqual([code, chemin])
})

test('ranges are read each in its place, and one gesture takes so many carnets and no more', () => {
  expect(parsePlages([typed(5, 7), typed(1)])).toEqual({ ok: true, plages: [plage(5, 7), plage(1)] })
  expect(readPlages([typed(1, 10), typed(5)], 10).ok).toBe(true)
  expect(readPlages([typed(1, 11)], 10)).toMatchObject({ ok: false, refusal: { code: 'plage_invalide' } })
})

test('a range that shares a carnet with an earlier one names it, whatever lies between', () => {
  expect(overlaps([plage(1, 9), plage(20), plage(4)])).toEqual([undefined, undefined, 0])
  // the longest one reaches over its neighbours
  expect(overlaps([plage(1, 100), plage(5), plage(50, 60)])).toEqual([undefined, 0, 0])
  expect(overlaps([plage(4), plage(1, 9)])).toEqual([undefined, 0])
  expect(overlaps([plage(1, 3), plage(4, 6)])).toEqual([undefined, undefined])
})

test('ranges leave together when each is one, none shares a carnet, and they are not too many', () => {
  expect(whyNotRanges([plage(1, 3), plage(5)])).toBeNull()
  expect(whyNotRanges([plage(3, 1)])?.code).toBe('plage_invalide')
  const twice = whyNotRanges([plage(1, 3), plage(3)])
  expect(twice?.message).toContain(formatSerie(K + 3))
  expect(whyNotRanges([plage(1, ENVOI_CARNETS_MAX)])).toBeNull()
  expect(whyNotRanges([plage(1, ENVOI_CARNETS_MAX + 1)])?.message).toContain('fichier')
})

test('joining keeps every carnet and adds none; nothing overlaps afterwards', () => {
  const ranges = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 8 })), { maxLength: 12 })
  fc.assert(
    fc.property(ranges, (drawn) => {
      const plages = drawn.map(([premiere, n]) => plage(premiere, premiere + n))
      const carnets = (list: typeof plages) =>
        new Set(list.flatMap(({ premiere, derniere }) => Array.from({ length: derniere - premiere + 1 }, (_, i) => premiere + i)))
      const runs = joined(plages)
      expect(carnets(runs)).toEqual(carnets(plages))
      expect(countOf(runs)).toBe(carnets(plages).size)
      expect(overlaps(runs).every((other) => other === undefined)).toBe(true)
      // and a list without overlap is said so
      expect(overlaps(plages).some((other) => other !== undefined)).toBe(countOf(plages) !== carnets(plages).size)
    }),
  )
})
