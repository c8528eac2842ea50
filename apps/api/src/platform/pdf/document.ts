import { setImmediate } from 'node:timers/promises'
// oxlint-disable-next-line import/no-named-as-default -- its types know the default export alone
import PDFDocument from 'pdfkit'
import { FONTS } from './fonts.ts'

/** A document being drawn. Positions in points, from the top left corner of an A4 page. */
export type Doc = PDFKit.PDFDocument

/** Millimetres as points. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4
export const A4 = { width: 595.28, height: 841.89, margin: mm(18) } as const

/** Narrow non-breaking spaces are drawn by no font of ours. */
export const printable = (text: string): string => text.replaceAll('\u202f', '\u00a0')

/** `print`: pages to print and cut, by the thousand. No reading order nor tags, whose tree would stay in memory until the end. */
type Info = { titre: string; now: Date; print?: boolean }

const open = ({ titre, now, print = false }: Info): Doc => {
  const doc = new PDFDocument({
    size: 'A4',
    margin: A4.margin,
    autoFirstPage: false,
    bufferPages: false,
    pdfVersion: '1.7',
    lang: 'fr-FR',
    tagged: !print,
    // codes are all different: a cache of them would never serve
    fontLayoutCache: !print,
    displayTitle: true,
    info: { Title: printable(titre), Creator: 'Pass numérique', Producer: 'Pass numérique', CreationDate: now, ModDate: now },
  })
  doc.registerFont('normal', FONTS.normal)
  doc.registerFont('bold', FONTS.bold)
  return doc
}

/**
 * Draws a document and gives its bytes: the same data and the same `now` give the same bytes. A long one is drawn by an async
 * function that lets other calls through now and then (`breathe`).
 */
export const pdf = async <T>(draw: (doc: Doc, data: T) => void | Promise<void>, data: T, info: Info): Promise<Uint8Array> => {
  const doc = open(info)
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  doc.addPage()
  await draw(doc, data)
  doc.end()
  await ended
  return new Uint8Array(Buffer.concat(chunks))
}

/** Where the bytes of a long document go: `write` answers when there is room for more. */
export type Sink = { write: (bytes: Uint8Array) => Promise<void> }

/** Draws a document of any length into a sink, as it comes: `room` is awaited between its parts. Nothing of it stays in memory. */
export const streamPdf = async (draw: (doc: Doc, room: () => Promise<void>) => Promise<void>, sink: Sink, info: Info): Promise<void> => {
  const doc = open(info)
  let waiting: Buffer[] = []
  doc.on('data', (chunk: Buffer) => void waiting.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  const room = async () => {
    await breathe()
    const bytes = Buffer.concat(waiting)
    waiting = []
    if (bytes.length > 0) await sink.write(bytes)
  }
  await draw(doc, room)
  doc.end()
  await ended
  await room()
}

/** Between two parts of a long document: whatever waits in the process goes first. */
export const breathe = (): Promise<void> => setImmediate()

type Style = {
  size?: number
  bold?: boolean
  width?: number
  align?: 'left' | 'right' | 'center'
  gap?: number
  tag?: 'P' | 'H1' | 'H2' | 'TD' | 'TH'
}

/** One text at a place. Answers the y below it. */
export const setText = (doc: Doc, text: string, x: number, y: number, style: Omit<Style, 'tag'> = {}): number => {
  const { size = 11, bold = false, width = A4.width - A4.margin - x, align = 'left', gap = 2 } = style
  doc
    .font(bold ? 'bold' : 'normal')
    .fontSize(size)
    .fillColor('#000')
    .text(printable(text), x, y, { width, align, lineGap: gap })
  return doc.y
}

/** One text at a place, tagged for screen readers in the order it is written. Answers the y below it. */
export const write = (doc: Doc, text: string, x: number, y: number, { tag = 'P', ...style }: Style = {}): number => {
  doc.addStructure(doc.struct(tag, {}, () => void setText(doc, text, x, y, style)))
  return doc.y
}

/** What carries no meaning (rules, marks): screen readers skip it. */
export const decorate = (doc: Doc, draw: () => void): void => {
  doc.markContent('Artifact', { type: 'Layout' })
  draw()
  doc.endMarkedContent()
}

/** A thin line across the page, or between two points. */
export const rule = (doc: Doc, y: number, x: number = A4.margin, end: number = A4.width - A4.margin): void =>
  decorate(doc, () => doc.lineWidth(0.7).strokeColor('#000').moveTo(x, y).lineTo(end, y).stroke())
