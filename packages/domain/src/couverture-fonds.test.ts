import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TRANSFER_MOTIFS, type TransferMotif } from './comptes.ts'
import { changesOf, coverageOf, type MotifDuJour } from './couverture-fonds.ts'
import { addDays } from './days.ts'

const move = (jour: string, motif: TransferMotif, montantCentimes: number): MotifDuJour => ({ jour, motif, montantCentimes })

test('every day is there, and holds what was moved until its end', () => {
  const days = coverageOf(
    [
      move('2026-01-05', 'encaissement', 10_000),
      move('2026-01-10', 'activation', 8000),
      move('2026-01-11', 'utilisation', 3000),
      move('2026-01-11', 'annulation', 1000),
      move('2026-01-13', 'paiement', 1800),
      move('2026-01-13', 'retour', 300),
      move('2026-01-13', 'expiration', 500),
      move('2026-01-14', 'fonds_rendus', 100),
    ],
    { du: '2026-01-10', au: '2026-01-14' },
  )
  expect(days.map(({ jour, reste }) => [jour, reste])).toEqual([
    ['2026-01-10', 10_000],
    ['2026-01-11', 8000],
    ['2026-01-12', 8000],
    ['2026-01-13', 7500],
    ['2026-01-14', 7400],
  ])
  expect(days[3]).toEqual({
    jour: '2026-01-13',
    recu: 10_000,
    active: 8000,
    utilise: 2000,
    paye: 1500,
    annule: 500,
    reste: 7500,
    enCirculation: 5500,
  })
  expect(changesOf(days).map(({ jour }) => jour)).toEqual(['2026-01-10', '2026-01-11', '2026-01-13', '2026-01-14'])
})

test('a period that ends before it starts has no day', () => {
  expect(coverageOf([], { du: '2026-01-02', au: '2026-01-01' })).toEqual([])
})

const anyMove = fc.record({
  jour: fc.integer({ min: 0, max: 40 }).map((n) => addDays('2026-01-01', n)),
  motif: fc.constantFrom(...TRANSFER_MOTIFS),
  montantCentimes: fc.integer({ min: 1, max: 1_000_000 }),
})

test('property: what remains is what was received less what was used or cancelled, on each day, whatever moved', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 60 }), (moves) => {
      for (const { recu, utilise, annule, reste } of coverageOf(moves, { du: '2026-01-10', au: '2026-02-20' }))
        expect(reste).toBe(recu - utilise - annule)
    }),
    { numRuns: 200 },
  )
})

test('property: a day does not depend on the order of the moves, nor on where the period starts', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 40 }), (moves) => {
      const long = coverageOf(moves, { du: '2026-01-01', au: '2026-02-20' })
      expect(coverageOf(moves.toReversed(), { du: '2026-01-25', au: '2026-02-20' })).toEqual(long.slice(24))
    }),
    { numRuns: 100 },
  )
})
