import QRCode from 'qrcode'

/** Modules left white around a QR code: readers need them. */
const QUIET = 4

/** A grey picture of a QR as it is printed on a carnet (level M, alphanumeric), in the middle of a light page. One byte a point. */
export const qrPicture = (text: string, { width, height }: { width: number; height: number }): Buffer => {
  const { modules } = QRCode.create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * QUIET
  const scale = Math.floor(Math.min(width, height) / side)
  const [left, top] = [Math.floor((width - side * scale) / 2), Math.floor((height - side * scale) / 2)]
  const picture = Buffer.alloc(width * height, 235)
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column) === 1)
        for (let y = 0; y < scale; y++) {
          const start = (top + (row + QUIET) * scale + y) * width + left + (column + QUIET) * scale
          picture.fill(16, start, start + scale)
        }
  return picture
}
