import { expect, test } from 'vitest'
import { quantitesFrom } from './quantites.ts'

const terms = { carnetTaille: 10, valeurFacialeCentimes: 1000 }

test('any of the three gives the two others, in whole carnets', () => {
  expect(quantitesFrom({ carnets: 120 }, terms)).toEqual({ carnets: 120, pass: 1200, centimes: 1_200_000 })
  expect(quantitesFrom({ pass: 1195 }, terms)).toEqual({ carnets: 120, pass: 1200, centimes: 1_200_000 })
  expect(quantitesFrom({ centimes: 1_209_999 }, terms)).toEqual({ carnets: 120, pass: 1200, centimes: 1_200_000 })
  expect(quantitesFrom({ centimes: 9999 }, terms)).toEqual({ carnets: 0, pass: 0, centimes: 0 })
  expect(quantitesFrom({ pass: 11 }, { carnetTaille: 5, valeurFacialeCentimes: 800 })).toEqual({ carnets: 3, pass: 15, centimes: 12_000 })
})
