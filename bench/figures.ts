/** The value below which `share` of them lie. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

const median = (values: readonly number[]) => quantile(values, 0.5)

/** `0.86 (0.80–0.93)`: median, smallest and largest. */
export const spread = (values: readonly number[], digits = 2): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`

/** Ratio of each round, then its median: rounds are interleaved, so a slow moment of the machine meets both sides. */
export const pairedRatio = (measured: readonly number[], reference: readonly number[]) => {
  const ratios = measured.map((value, i) => value / reference[i]!)
  return { ratios, median: median(ratios) }
}
