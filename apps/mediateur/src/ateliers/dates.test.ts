import { expect, test } from 'vitest'
import { copyDates, serieDates } from './dates.ts'

test('a series keeps its weekday, across the change of hour and of year', () => {
  expect(serieDates({ premier: '2026-03-17', nombre: 3, semaines: 1 })).toEqual(['2026-03-17', '2026-03-24', '2026-03-31'])
  expect(serieDates({ premier: '2026-12-22', nombre: 2, semaines: 2 })).toEqual(['2026-12-22', '2027-01-05'])
})

test('a copy is proposed on the same weekday to come, even of an old atelier', () => {
  expect(copyDates('2026-03-10', '2026-03-10')).toEqual(['2026-03-17', '2026-03-24', '2026-03-31'])
  expect(copyDates('2026-02-10', '2026-03-10')).toEqual(['2026-03-10', '2026-03-17', '2026-03-24'])
  expect(copyDates('2026-02-10', '2026-03-11')).toEqual(['2026-03-17', '2026-03-24', '2026-03-31'])
})
