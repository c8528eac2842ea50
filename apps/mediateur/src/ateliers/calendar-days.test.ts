import { expect, test } from 'vitest'
import { mondayOf, otherPeriod, shownDays } from './calendar-days.ts'

test('a week goes from Monday to Sunday, whichever of its days is asked for', () => {
  for (const day of ['2026-03-09', '2026-03-11', '2026-03-15']) expect(mondayOf(day)).toBe('2026-03-09')
  expect(mondayOf('2023-12-31')).toBe('2023-12-25')
  expect(shownDays('semaine', '2026-03-15')).toEqual([
    '2026-03-09',
    '2026-03-10',
    '2026-03-11',
    '2026-03-12',
    '2026-03-13',
    '2026-03-14',
    '2026-03-15',
  ])
})

test('a month is shown by whole weeks, four to six of them', () => {
  const march = shownDays('mois', '2026-03-10')
  expect([march[0], march.at(-1), march.length]).toEqual(['2026-02-23', '2026-04-05', 42])
  const february = shownDays('mois', '2027-02-01')
  expect([february[0], february.at(-1), february.length]).toEqual(['2027-02-01', '2027-02-28', 28])
})

test('the next and the former period never jump one', () => {
  expect(otherPeriod('semaine', '2026-03-15', 1)).toBe('2026-03-16')
  expect(otherPeriod('semaine', '2026-03-09', -1)).toBe('2026-03-02')
  expect(otherPeriod('mois', '2026-01-31', 1)).toBe('2026-02-01')
  expect(otherPeriod('mois', '2026-01-31', -1)).toBe('2025-12-01')
})
