import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  appelNumero,
  financeurCle,
  financeurOfCle,
  type FinanceurToCharge,
  netAppel,
  periodeLabel,
  splitCharge,
  whyNotAppel,
  whyNotReceive,
} from './financement.ts'

const one = (nature: FinanceurToCharge['nature'], cleBp: number, more: Partial<FinanceurToCharge> = {}): FinanceurToCharge => ({
  nature,
  cleBp,
  plafondCentimes: null,
  dejaCentimes: 0,
  estRepli: false,
  ...more,
})
const CREUSE = [one('fse', 6000), one('etat', 2000), one('collectivite', 2000, { estRepli: true })]
const partsOf = (montantCentimes: number, financeurs = CREUSE, derogationCentimes = 0) =>
  splitCharge({ montantCentimes, derogationCentimes }, financeurs).map((part) => part.montantCentimes)
const sum = (rows: readonly number[]) => rows.reduce((total, row) => total + row, 0)

test('a batch is split by the key, the largest remainder over the whole batch', () => {
  expect(partsOf(60_000)).toEqual([36_000, 12_000, 12_000])
  // three thirds of one centime more than a whole: the first named takes it, once a batch and not once a pass
  const thirds = [one('fse', 3333), one('etat', 3333), one('collectivite', 3334, { estRepli: true })]
  expect(partsOf(1000, thirds)).toEqual([333, 333, 334])
  expect(partsOf(100_000, thirds)).toEqual([33_330, 33_330, 33_340])
})

test('what a cap refuses goes to the fallback, to the last euro', () => {
  const halves = (deja: number) => [
    one('etat', 5000, { plafondCentimes: 20_000, dejaCentimes: deja }),
    one('collectivite', 5000, { estRepli: true }),
  ]
  expect(partsOf(30_000, halves(0))).toEqual([15_000, 15_000])
  expect(partsOf(30_000, halves(15_000))).toEqual([5000, 25_000])
  expect(partsOf(30_000, halves(20_000))).toEqual([0, 30_000])
  // a cap lowered by an avenant below what was charged takes nothing back
  expect(partsOf(30_000, halves(24_000))).toEqual([0, 30_000])
})

test('a carnet handed over after the distribution stop is wholly the collectivité’s, outside key and cap', () => {
  const capped = [one('etat', 5000, { estRepli: true }), one('collectivite', 5000, { plafondCentimes: 10_000, dejaCentimes: 10_000 })]
  expect(splitCharge({ montantCentimes: 2000, derogationCentimes: 3000 }, capped)).toEqual([
    { montantCentimes: 2000, derogationCentimes: 0 },
    { montantCentimes: 3000, derogationCentimes: 3000 },
  ])
  expect(() => partsOf(0, [one('etat', 10_000)], 1000)).toThrow(RangeError)
})

test('nothing is invented: an amount that is no whole centime, or a cap that nobody takes over, stops the split', () => {
  expect(() => partsOf(-1)).toThrow(RangeError)
  expect(() => partsOf(0.5)).toThrow(RangeError)
  expect(() => partsOf(1000, [one('etat', 10_000, { plafondCentimes: 500 })])).toThrow('nobody takes')
})

const keys = fc
  .array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 9 })
  .map((rows) => [...rows, Math.max(1, 10_000 - sum(rows))])
const financeurs = keys.chain((rows) =>
  fc
    .array(
      fc.record({
        plafondCentimes: fc.option(fc.integer({ min: 1, max: 3_000_000 }), { nil: null }),
        dejaCentimes: fc.integer({ min: 0, max: 3_000_000 }),
      }),
      { minLength: rows.length, maxLength: rows.length },
    )
    .map((caps) =>
      rows.map((cleBp, i) => (i === rows.length - 1 ? one('collectivite', cleBp, { estRepli: true }) : one('etat', cleBp, caps[i]))),
    ),
)

test('whatever the key, the caps and the amounts: the parts add up to the whole, none is negative, no cap is passed', () => {
  fc.assert(
    fc.property(
      financeurs,
      fc.integer({ min: 0, max: 200_000_000 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      (rows, montant, derogation) => {
        const parts = splitCharge({ montantCentimes: montant, derogationCentimes: derogation }, rows)
        expect(sum(parts.map(({ montantCentimes }) => montantCentimes))).toBe(montant + derogation)
        expect(sum(parts.map(({ derogationCentimes }) => derogationCentimes))).toBe(derogation)
        for (const [i, { montantCentimes, derogationCentimes }] of parts.entries()) {
          expect(montantCentimes).toBeGreaterThanOrEqual(derogationCentimes)
          const { plafondCentimes, dejaCentimes } = rows[i]!
          if (plafondCentimes !== null)
            expect(montantCentimes - derogationCentimes).toBeLessThanOrEqual(Math.max(0, plafondCentimes - dejaCentimes))
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('without a cap, whatever the closings, each financeur is within one centime a closing of its exact share', () => {
  fc.assert(
    fc.property(keys, fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 12 }), (rows, batches) => {
      const all = rows.map((cleBp, i) => one(i === 0 ? 'collectivite' : 'etat', cleBp, { estRepli: i === 0 }))
      const total = sum(rows)
      const parts = batches.map((montant) => partsOf(montant, all))
      expect(sum(parts.map(sum))).toBe(sum(batches))
      for (const [i, cleBp] of rows.entries())
        expect(Math.abs(sum(parts.map((part) => part[i]!)) - (sum(batches) * cleBp) / total)).toBeLessThan(batches.length)
    }),
  )
})

test('a financeur keeps its key across avenants: its organisation, or its nature and name', () => {
  const id = '0192d1c0-0000-7000-8000-e00000000003'
  expect(financeurCle({ financeurId: id, nature: 'fse', nom: 'FSE' })).toBe(id)
  expect(financeurCle({ financeurId: null, nature: 'etat', nom: 'État' })).toBe('etat:état')
  expect([financeurOfCle(id), financeurOfCle('etat:état')]).toEqual([id, null])
})

test('a call asks for the part less what is left of the advances, never less than nothing (E11)', () => {
  expect(netAppel(12_000, 5000)).toEqual({ partCentimes: 12_000, avanceCentimes: 5000, montantCentimes: 7000 })
  expect(netAppel(12_000, 20_000)).toEqual({ partCentimes: 12_000, avanceCentimes: 12_000, montantCentimes: 0 })
  expect(netAppel(12_000, 0).montantCentimes).toBe(12_000)
  expect(netAppel(12_000, -3).avanceCentimes).toBe(0)
})

test('brouillon → appelé → reçu or refusé, and nothing else', () => {
  expect([whyNotAppel('send', 'brouillon'), whyNotAppel('receive', 'appele'), whyNotAppel('refuse', 'appele')]).toEqual([null, null, null])
  for (const statut of ['appele', 'recu', 'refuse'] as const) expect(whyNotAppel('send', statut)?.code).toBe('appel_statut')
  for (const statut of ['brouillon', 'recu', 'refuse'] as const) {
    expect(whyNotAppel('receive', statut)?.code).toBe('appel_statut')
    expect(whyNotAppel('refuse', statut)?.message).toContain('refus impossible')
  }
})

test('funds are received between the sending of the call and today', () => {
  const on = (dateReception: string) => whyNotReceive({ dateReception }, '2026-03-05', '2026-03-10')?.code ?? null
  expect([on('2026-03-04'), on('2026-03-05'), on('2026-03-10'), on('2026-03-11')]).toEqual(['appel_date', null, null, 'appel_date'])
})

test('a call is numbered in its year and says its period', () => {
  expect(appelNumero(2026, 4)).toBe('AF26-0004')
  expect(periodeLabel({ debut: '2026-03', fin: '2026-03' })).toBe('mars 2026')
  expect(periodeLabel({ debut: '2026-01', fin: '2026-03' })).toBe('janvier 2026 à mars 2026')
})
