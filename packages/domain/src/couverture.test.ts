import fc from 'fast-check'
import { expect, test } from 'vitest'
import { becomesLow, joursDeCouverture, niveauDeStock } from './couverture.ts'

test.each([
  [{ enStock: 30, remis: 30 }, 30],
  [{ enStock: 10, remis: 60 }, 5],
  [{ enStock: 0, remis: 4 }, 0],
  [{ enStock: 12, remis: 0 }, null],
])('a stock %j lasts %s days', (rythme, jours) => {
  expect(joursDeCouverture(rythme)).toBe(jours)
})

test.each([
  [{ enStock: 0, remis: 3, dormants: 0 }, 'vide'],
  [{ enStock: 10, remis: 30, dormants: 0 }, 'bas'],
  [{ enStock: 13, remis: 30, dormants: 2 }, 'bas'],
  [{ enStock: 14, remis: 30, dormants: 0 }, 'suffisant'],
  [{ enStock: 14, remis: 30, dormants: 1 }, 'dormant'],
  [{ enStock: 2, remis: 0, dormants: 0 }, 'bas'],
  [{ enStock: 3, remis: 0, dormants: 0 }, 'suffisant'],
  [{ enStock: 2, remis: 0, dormants: 2 }, 'dormant'],
])('a counter %j is %s', (faits, niveau) => {
  expect(niveauDeStock(faits)).toBe(niveau)
})

test('from a full shelf to an empty one, the collectivité is told once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 200 }), fc.nat(20), (stock, before) => {
      let told = 0
      for (let done = 1; done <= stock; done++) if (becomesLow({ enStock: stock - done, remis: before + done })) told += 1
      const startsLow = ['vide', 'bas'].includes(niveauDeStock({ enStock: stock, remis: before, dormants: 0 }))
      expect(told).toBe(startsLow ? 0 : 1)
    }),
  )
})
