/** A square of modules, dark or not, row by row, as the QR library gives it. */
type Matrix = { size: number; data: ArrayLike<number | boolean> }

/** The dark modules as one SVG path: a run of neighbours is one rectangle, so that no hairline shows between them. */
export const pathOf = ({ size, data }: Matrix): string => {
  const runs: string[] = []
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!data[y * size + x]) continue
      const start = x
      while (x + 1 < size && data[y * size + x + 1]) x++
      runs.push(`M${start} ${y}h${x - start + 1}v1H${start}z`)
    }
  }
  return runs.join('')
}
