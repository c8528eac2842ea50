import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

// the reader's own file: by default it would fetch one from a content network
prepareZXingModule({
  overrides: { wasmBinary: readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer },
})

type Symbol = { text: string; widthMm: number; left: number; top: number }
export type PdfPage = { text: string; symbols: Symbol[] }

const SCALE = 3
const MM = 25.4 / 72

/**
 * What a person and a scanner read of a PDF: each page's text, its spaces all plain, and, on the pages that `scan` chooses, the QR
 * codes in reading order with their printed width.
 */
export const readPdf = async (bytes: Uint8Array, { scan = () => false }: { scan?: (text: string) => boolean } = {}): Promise<PdfPage[]> => {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes)
  const pages: PdfPage[] = []
  for (const page of document.pages()) {
    const text = page.getText().replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ')
    pages.push({ text, symbols: scan(text) ? await scanPage(page) : [] })
  }
  document.destroy()
  library.destroy()
  return pages
}

const scanPage = async (page: {
  render: (options: { scale: number }) => Promise<{ width: number; height: number; data: Uint8Array }>
}): Promise<Symbol[]> => {
  const { width, height, data } = await page.render({ scale: SCALE })
  const image = { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' } as Parameters<typeof readBarcodes>[0]
  const found = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 30, tryRotate: false, tryInvert: false })
  const symbols = found.map(({ text, position: { topLeft, topRight } }) => ({
    text,
    widthMm: (Math.hypot(topRight.x - topLeft.x, topRight.y - topLeft.y) / SCALE) * MM,
    left: topLeft.x,
    top: topLeft.y,
  }))
  const line = (one: Symbol) => Math.round(one.top / (20 * SCALE))
  return symbols.toSorted((a, b) => line(a) - line(b) || a.left - b.left)
}
