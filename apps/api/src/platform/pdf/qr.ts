import QRCode from 'qrcode'
import type { Doc } from './document.ts'

/** Modules left white around a QR code: scanners need them. */
const QUIET = 4

/** One rectangle for each run of dark modules of a line, as raw PDF operators: ten times lighter than one shape a module. */
const runsOf = (size: number, isDark: (row: number, column: number) => boolean, x: number, y: number, module: number): string => {
  const operators: string[] = []
  const at = (n: number) => n.toFixed(3)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!isDark(row, column)) continue
      const start = column
      while (column + 1 < size && isDark(row, column + 1)) column++
      operators.push(`${at(x + start * module)} ${at(y + row * module)} ${at((column - start + 1) * module)} ${at(module)} re`)
    }
  }
  return operators.join('\n')
}

/**
 * A QR code as vectors, level M, its quiet zone included in `side` points. `text` in the symbols of base45 takes the compact
 * alphanumeric mode. `alt` says what it is to those who do not see it.
 */
export const drawQr = (doc: Doc, { text, x, y, side, alt }: { text: string; x: number; y: number; side: number; alt: string }): void => {
  const { modules } = QRCode.create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' })
  const module = side / (modules.size + 2 * QUIET)
  const isDark = (row: number, column: number) => modules.get(row, column) === 1
  doc.addStructure(
    doc.struct('Figure', { alt }, () => {
      doc.fillColor('#000')
      doc.addContent(`${runsOf(modules.size, isDark, x + QUIET * module, y + QUIET * module, module)}\nf`)
    }),
  )
}
