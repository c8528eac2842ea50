import { zlibSync } from 'fflate'
import type { Doc } from './document.ts'

/** What pdfkit has and its types do not say: its fonts encode, its pages keep resources, its references are objects of the file. */
type Reference = { write: (chunk: string) => void; end: () => void; toString: () => string }
type Content = { data: { Filter?: string }; compress: boolean; buffer: Uint8Array[]; end: () => void }
type Font = { id: string; ref: () => Reference; encode: (text: string) => [string[], unknown] }
type Inner = {
  _font: Font
  ref: (data: object) => Reference
  _root: { data: { Pages: { data: { Kids: Reference[] } } } }
  page: {
    width: number
    height: number
    fonts: Record<string, Reference>
    xobjects: Record<string, Reference>
    content: Content
    write: (chunk: string) => void
  }
}
const innerOf = (doc: Doc) => doc as unknown as Inner

/**
 * A page of a long print. pdfkit deflates each page by a native object of its own, which outlives every light collection with its
 * buffers: at ten thousand carnets they weigh more than all the rest. Deflated in JavaScript, a page leaves nothing.
 */
export const addPrintPage = (doc: Doc): void => {
  doc.addPage()
  const { content } = innerOf(doc).page
  content.compress = false
  const end = content.end.bind(content)
  content.end = () => {
    content.buffer = [zlibSync(Buffer.concat(content.buffer), { level: 6, mem: 4 })]
    content.data.Filter = 'FlateDecode'
    end()
  }
}

/**
 * What every page of a long print repeats, drawn once as an object of the file: the answer puts it on the current page. A page must
 * be open. @param name unique in the document
 */
export const record = (doc: Doc, name: string, draw: () => void): (() => void) => {
  const inner = innerOf(doc)
  const { page } = inner
  const operators: string[] = []
  page.write = (chunk) => void operators.push(chunk)
  try {
    draw()
  } finally {
    Reflect.deleteProperty(page, 'write')
  }
  const form = inner.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, page.width, page.height],
    Resources: { Font: { ...page.fonts }, XObject: { ...page.xobjects } },
  })
  form.write(operators.join('\n'))
  form.end()
  return () => {
    innerOf(doc).page.xobjects[name] = form
    doc.addContent(`/${name} Do`)
  }
}

/**
 * Forgets the pages that are written, all but the last: the tree of pages keeps each one with all it refers to, when its number is
 * enough to end the file.
 */
export const forgetPages = (doc: Doc, from: number): number => {
  const kids = innerOf(doc)._root.data.Pages.data.Kids
  const last = kids.length - 1
  for (let i = from; i < last; i++) {
    const number = String(kids[i])
    // what pdfkit takes for a reference: it has the class of one
    kids[i] = Object.assign(Object.create(Object.getPrototypeOf(Object.getPrototypeOf(kids[i]))), { toString: () => number })
  }
  return Math.max(from, last)
}

const GLYPHS = new WeakMap<Font, Map<string, string>>()

const glyphsOf = (font: Font, text: string): string => {
  let known = GLYPHS.get(font)
  if (!known) GLYPHS.set(font, (known = new Map()))
  let hex = ''
  for (const symbol of text) {
    let glyph = known.get(symbol)
    if (glyph === undefined) known.set(symbol, (glyph = font.encode(symbol)[0].join('')))
    hex += glyph
  }
  return hex
}

/** A number on one line, symbol by symbol without kerning: a tenth of the work of a text. `y` is its base line. */
export const setNumber = (doc: Doc, text: string, x: number, y: number, { size, bold = false }: { size: number; bold?: boolean }): void => {
  doc.font(bold ? 'bold' : 'normal')
  const inner = innerOf(doc)
  const font = inner._font
  inner.page.fonts[font.id] ??= font.ref()
  doc.addContent(`BT 0 g 1 0 0 -1 ${x.toFixed(2)} ${y.toFixed(2)} Tm /${font.id} ${size} Tf <${glyphsOf(font, text)}> Tj ET`)
}
