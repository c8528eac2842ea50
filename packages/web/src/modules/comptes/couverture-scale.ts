/** A linear scale from one interval to another. */
export const scaleOf =
  ([from, to]: readonly [number, number], [start, end]: readonly [number, number]) =>
  (value: number): number =>
    start + ((value - from) / (to - from || 1)) * (end - start)

const STEPS = [1, 2, 2.5, 5, 10]

/** Four or five round graduations from 0 to above the largest value: `niceTicks(730)` → 0, 200, 400, 600, 800. */
export const niceTicks = (largest: number): number[] => {
  const rough = Math.max(largest, 1) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max((STEPS.find((one) => one * power >= rough) ?? 10) * power, 1)
  return Array.from({ length: Math.ceil(Math.max(largest, 1) / step) + 1 }, (_, rank) => rank * step)
}

const rounded = (value: number): string => value.toFixed(1)

/** A line that stays level until the day on which it moves: `M0,10H1V5`. */
export const linePath = (values: readonly number[], x: (rank: number) => number, y: (value: number) => number): string =>
  values
    .map((value, rank) => {
      if (rank === 0) return `M${rounded(x(0))},${rounded(y(value))}`
      return value === values[rank - 1] && rank < values.length - 1 ? '' : `H${rounded(x(rank))}V${rounded(y(value))}`
    })
    .join('')
