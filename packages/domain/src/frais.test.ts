import { expect, test } from 'vitest'
import { fraisAt, whyNotSetFrais } from './frais.ts'

const rows = [{ dateEffet: '2027-01-01' }, { dateEffet: '2019-01-01' }]

test('the rates of a day are the last ones that have come', () => {
  expect(fraisAt(rows, '2026-12-31').dateEffet).toBe('2019-01-01')
  expect(fraisAt(rows, '2027-01-01').dateEffet).toBe('2027-01-01')
  expect(() => fraisAt(rows, '2018-12-31')).toThrow(RangeError)
})

test('rates are set for a day to come, once', () => {
  const whyNot = (dateEffet: string) => whyNotSetFrais({ dateEffet }, rows, '2026-03-10')?.code ?? null
  expect([whyNot('2026-03-10'), whyNot('2026-03-11'), whyNot('2027-01-01')]).toEqual(['frais_invalides', null, 'frais_invalides'])
})
