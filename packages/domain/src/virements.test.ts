import { expect, test } from 'vitest'
import { bordereauReference, nextTransferDay, remiseReference, whyNotBankDate } from './virements.ts'

test.each([
  ['used this month: the 10th of the next one', '2026-03', '2026-03-10', '2026-04-10'],
  ['used last month, before the 10th: this month', '2026-02', '2026-03-04', '2026-03-10'],
  ['on the very day', '2026-02', '2026-03-10', '2026-03-10'],
  ['used last month, the 10th is over: the next one', '2026-02', '2026-03-11', '2026-04-10'],
  ['late by months: the next 10th', '2025-11', '2026-03-04', '2026-03-10'],
  ['over the year end', '2025-12', '2025-12-31', '2026-01-12'],
  ['a Saturday becomes the Monday', '2026-09', '2026-09-20', '2026-10-12'],
  ['a Sunday becomes the Monday', '2026-04', '2026-04-30', '2026-05-11'],
])('%s', (_, plusAncien, today, expected) => {
  expect(nextTransferDay(plusAncien, today)).toBe(expected)
})

test('the bank executes on or after the day the file left, and not tomorrow', () => {
  const between = { transmisLe: '2026-03-08', today: '2026-03-10' }
  expect(whyNotBankDate('2026-03-08', between)).toBeNull()
  expect(whyNotBankDate('2026-03-10', between)).toBeNull()
  expect(whyNotBankDate('2026-03-07', between)?.erreurs?.[0]?.chemin).toBe('dateBanque')
  expect(whyNotBankDate('2026-03-11', between)?.code).toBe('demande_malformee')
})

test('yearly numbers grow past four digits', () => {
  expect([bordereauReference(2026, 2), bordereauReference(2031, 12_345), remiseReference(2026, 7)]).toEqual([
    'B26-0002',
    'B31-12345',
    'R26-0007',
  ])
})
