import { expect, test } from 'vitest'
import { linePath, niceTicks, scaleOf } from './couverture-scale.ts'

test('graduations are round, start at 0 and go past the largest value', () => {
  expect(niceTicks(730)).toEqual([0, 200, 400, 600, 800])
  expect(niceTicks(100_000)).toEqual([0, 25_000, 50_000, 75_000, 100_000])
  expect(niceTicks(0)).toEqual([0, 1])
  for (const largest of [1, 7, 999, 12_345, 9_999_999]) {
    const ticks = niceTicks(largest)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest)
    expect(ticks.length).toBeLessThanOrEqual(7)
  }
})

test('a line stays level until it moves, and ends at the last day', () => {
  const x = scaleOf([0, 3], [0, 30])
  const y = scaleOf([0, 10], [100, 0])
  expect(linePath([0, 0, 10, 10], x, y)).toBe('M0.0,100.0H20.0V0.0H30.0V0.0')
  expect(linePath([5], x, y)).toBe('M0.0,50.0')
})
