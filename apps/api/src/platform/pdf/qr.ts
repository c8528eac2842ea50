import QRCode from 'qrcode'
import type { Doc } from './document.ts'

/** Modules left white around a QR code: scanners need them. */
const QUIET = 4

/** One rectangle for each run of dark modules of a line, in modules: ten times lighter than one shape a module. */
const runsOf = (size: number, data: Uint8Array): string => {
  let operators = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!data[row * size + column]) continue
      const start = column
      while (column + 1 < size && data[row * size + column + 1]) column++
      operators += `${start} ${row} ${column - start + 1} 1 re\n`
    }
  }
  return operators
}

/** From this length on, what is said is signed: it looks random, and no mask is better than another. Choosing one is most of the work. */
const LONG = 100
const ANY_MASK = 3

/** The modules of a QR code, level M. */
export const qrMatrix = (text: string): { size: number; data: Uint8Array } =>
  QRCode.create([{ data: text, mode: 'alphanumeric' }], {
    errorCorrectionLevel: 'M',
    ...(text.length >= LONG && { maskPattern: ANY_MASK }),
  }).modules

type Placed = { text: string; x: number; y: number; side: number }

/** A QR code as vectors, level M, its quiet zone included in `side` points. `text` in the symbols of base45 takes the compact alphanumeric mode. */
export const paintQr = (doc: Doc, { text, x, y, side }: Placed): void => {
  const { size, data } = qrMatrix(text)
  const module = side / (size + 2 * QUIET)
  const at = (n: number) => n.toFixed(3)
  // the unit is the module: short numbers, and every edge falls on the next one
  const place = `${at(module)} 0 0 ${at(module)} ${at(x + QUIET * module)} ${at(y + QUIET * module)} cm`
  doc.addContent(`q 0 g ${place}\n${runsOf(size, data)}f Q`)
}

/** The same in a document that is read aloud: `alt` says what it is to those who do not see it. */
export const drawQr = (doc: Doc, { alt, ...placed }: Placed & { alt: string }): void => {
  doc.addStructure(doc.struct('Figure', { alt }, () => paintQr(doc, placed)))
}
