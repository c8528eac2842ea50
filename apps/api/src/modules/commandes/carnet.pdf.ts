import { formatCode } from '@pass/domain/codes.ts'
import { formatDay, formatLongDay } from '@pass/domain/days.ts'
import { MODE_D_EMPLOI } from '@pass/domain/maquettes.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { A4, type Doc, decorate, mm, setText, write } from '../../platform/pdf/document.ts'
import { addPrintPage, forgetPages, record, setNumber } from '../../platform/pdf/print.ts'
import { drawQr, paintQr } from '../../platform/pdf/qr.ts'

export type CarnetToPrint = {
  serie: string
  /** The 6 symbols that open the carnet page, and nothing else. */
  codeSuivi: string
  pass: { rang: number; code: string; qr: string }[]
}
/** What every carnet of a lot has in common. */
export type LotToPrint = {
  collectivite: string
  operateur: string
  dateFin: string
  valeurFacialeCentimes: number
  carnetTaille: number
  /** The text that the collectivité validated. */
  texte: string | null
  telephone: string | null
  logo: Uint8Array | null
}

/** How things are put on a page: read aloud in their order (a proof), or as light as can be (a print of thousands). */
type Pen = {
  text: (doc: Doc, text: string, x: number, y: number, style?: Parameters<typeof write>[4]) => number
  /** A number on one line, `y` its base line. */
  number: (doc: Doc, text: string, x: number, y: number, style: { size: number; bold?: boolean }) => void
  qr: (doc: Doc, placed: Parameters<typeof drawQr>[1]) => void
  decorate: (doc: Doc, draw: () => void) => void
}
const ALOUD: Pen = {
  text: write,
  number: (doc, text, x, y, { size, bold }) => void write(doc, text, x, y - size, { size, bold: bold ?? false }),
  qr: drawQr,
  decorate,
}
const LIGHT: Pen = { text: setText, number: setNumber, qr: paintQr, decorate: (_, draw) => draw() }

const LEFT = A4.margin
const WIDTH = A4.width - 2 * A4.margin
const VOUCHER = { width: mm(87), height: mm(52), columns: 2 } as const
/** What is torn off and stays in the carnet. */
const STUB = mm(18)
const QR_SIDE = mm(34)
const COVER_QR = mm(30)
const COVER_STUB_Y = mm(248)
const MARK = mm(4)

const line = (doc: Doc, x: number, y: number, end: number) => doc.moveTo(x, y).lineTo(end, y)

/** Small crosses at the corners of a voucher, in any printer's black: where to cut. */
const cutMarks = (doc: Doc, x: number, y: number) => {
  doc.lineWidth(0.5).strokeColor('#000').undash()
  for (const cx of [x, x + VOUCHER.width])
    for (const cy of [y, y + VOUCHER.height]) {
      line(doc, cx - MARK / 2, cy, cx + MARK / 2)
      doc.moveTo(cx, cy - MARK / 2).lineTo(cx, cy + MARK / 2)
    }
  doc.stroke()
}
const tear = (doc: Doc, draw: () => void) => {
  doc.lineWidth(0.5).strokeColor('#000').dash(2, { space: 2 })
  draw()
  doc.stroke().undash()
}

/** The place of a voucher on its page. */
const placeOf = (rang: number) => ({
  x: LEFT + ((rang - 1) % VOUCHER.columns) * VOUCHER.width,
  y: A4.margin + Math.floor((rang - 1) / VOUCHER.columns) * VOUCHER.height,
})

const voucherFrame = (doc: Doc, pen: Pen, { carnetTaille, valeurFacialeCentimes, dateFin }: LotToPrint, rang: number) => {
  const { x, y } = placeOf(rang)
  pen.decorate(doc, () => {
    cutMarks(doc, x, y)
    tear(doc, () => doc.moveTo(x + STUB, y + mm(2)).lineTo(x + STUB, y + VOUCHER.height - mm(2)))
  })
  const stub = { size: 7, width: STUB - mm(4) }
  pen.text(doc, `Talon ${rang}`, x + mm(2), y + mm(4), { ...stub, size: 9, bold: true })
  pen.text(doc, 'Utilisé le', x + mm(2), y + mm(20), stub)
  pen.text(doc, 'Lieu', x + mm(2), y + mm(33), stub)
  pen.decorate(doc, () => {
    doc.lineWidth(0.5)
    for (const at of [mm(29), mm(42), mm(48)]) line(doc, x + mm(2), y + at, x + STUB - mm(2))
    doc.stroke()
  })
  const inside = x + STUB + mm(2)
  const width = VOUCHER.width - STUB - QR_SIDE - mm(3)
  let below = pen.text(doc, `Pass ${rang} sur ${carnetTaille}`, inside, y + mm(5), { size: 12, bold: true, width, tag: 'H2' })
  below = pen.text(doc, euros(valeurFacialeCentimes), inside, below + 2, { size: 15, bold: true, width })
  below = pen.text(doc, 'Jusqu’au', inside, below + 4, { size: 10, width })
  pen.text(doc, formatDay(dateFin), inside, below, { size: 10, bold: true, width })
}

const voucherNumbers = (doc: Doc, pen: Pen, { serie }: CarnetToPrint, { rang, code, qr }: CarnetToPrint['pass'][number]) => {
  const { x, y } = placeOf(rang)
  const inside = x + STUB + mm(2)
  pen.qr(doc, { text: qr, x: x + VOUCHER.width - QR_SIDE - mm(1), y: y + mm(2), side: QR_SIDE, alt: `Code à scanner du pass ${rang}` })
  pen.number(doc, formatCode(code), inside, y + mm(43), { size: 15, bold: true })
  pen.number(doc, serie, inside, y + mm(48), { size: 8 })
  pen.number(doc, serie.slice(0, 6), x + mm(2), y + mm(13), { size: 7 })
  pen.number(doc, serie.slice(6), x + mm(2), y + mm(16.5), { size: 7 })
}

/** Where the cover leaves room for its numbers: titles on the left, what is scanned on the right. */
const COVER = { serie: mm(57), suivi: mm(236), qr: { x: A4.width - A4.margin - COVER_QR, y: mm(46) } } as const

const coverFrame = (doc: Doc, pen: Pen, lot: LotToPrint) => {
  let y = pen.text(doc, 'Pass numérique', LEFT, A4.margin, { size: 30, bold: true, width: mm(110), tag: 'H1' })
  pen.text(doc, lot.collectivite, LEFT, y + mm(1), { size: 16, width: mm(110) })
  const { logo } = lot
  if (logo)
    pen.decorate(
      doc,
      () => void doc.image(Buffer.from(logo), A4.width - A4.margin - mm(50), A4.margin, { fit: [mm(50), mm(24)], align: 'right' }),
    )
  y = pen.text(doc, `${pluralPass(lot.carnetTaille)} de ${euros(lot.valeurFacialeCentimes)}`, LEFT, mm(63), { size: 16, width: mm(130) })
  y = pen.text(doc, `Valable jusqu’au ${formatLongDay(lot.dateFin)}`, LEFT, y + 4, { size: 16, bold: true, width: mm(130) })
  y = pen.text(doc, 'Comment l’utiliser', LEFT, mm(92), { size: 18, bold: true, tag: 'H2' }) + 4
  for (const sentence of MODE_D_EMPLOI) y = pen.text(doc, sentence, LEFT, y + 2, { size: 14, width: WIDTH })
  if (lot.telephone) {
    y = pen.text(doc, 'Une question ? Appelez ce numéro.', LEFT, y + mm(6), { size: 14, width: WIDTH })
    y = pen.text(doc, lot.telephone, LEFT, y + 4, { size: 20, bold: true, width: WIDTH })
  }
  if (lot.texte) pen.text(doc, lot.texte, LEFT, y + mm(5), { size: 14, bold: true, width: WIDTH })
  pen.text(doc, 'Code de suivi :', LEFT, COVER.suivi - 16, { size: 16, bold: true, width: mm(60) })
  pen.text(doc, 'Ce code montre sur Internet combien de pass il vous reste.', LEFT, COVER.suivi + 4, { size: 11, width: WIDTH })
  pen.decorate(doc, () => tear(doc, () => line(doc, LEFT, COVER_STUB_Y, LEFT + WIDTH)))
  pen.text(doc, 'Talon à garder par la structure qui remet le carnet', LEFT, COVER_STUB_Y + mm(4), { size: 10, bold: true, tag: 'H2' })
  pen.text(doc, 'Remis le : ……………………………  Signature : ………………………………………………', LEFT, COVER_STUB_Y + mm(17), { size: 11 })
  pen.text(doc, `Carnet produit par ${lot.operateur}`, LEFT, COVER_STUB_Y + mm(24), { size: 9 })
}

const coverNumbers = (doc: Doc, pen: Pen, { serie, codeSuivi }: CarnetToPrint) => {
  pen.number(doc, `Carnet ${serie}`, LEFT, COVER.serie, { size: 20, bold: true })
  pen.number(doc, codeSuivi, LEFT + mm(44), COVER.suivi, { size: 16, bold: true })
  pen.number(doc, `Carnet ${serie}`, LEFT, COVER_STUB_Y + mm(14), { size: 11 })
  // the number that everybody may read, for a scanner: it opens nothing
  const text = serie.replace(/[^0-9A-Z-]/g, '')
  pen.qr(doc, { text, ...COVER.qr, side: COVER_QR, alt: `Numéro du carnet : ${serie}` })
}

const ranksOf = ({ carnetTaille }: LotToPrint) => Array.from({ length: carnetTaille }, (_, i) => i + 1)

/** How carnets follow each other in a print of any length: a page for the cover, a page for its pass. Black on white. */
export const carnetPrinter = (doc: Doc, lot: LotToPrint): ((carnet: CarnetToPrint) => void) => {
  let frames: { cover: () => void; vouchers: () => void } | undefined
  let forgotten = 0
  return (carnet) => {
    addPrintPage(doc)
    forgotten = forgetPages(doc, forgotten)
    frames ??= {
      cover: record(doc, 'Couverture', () => coverFrame(doc, LIGHT, lot)),
      vouchers: record(doc, 'Pass', () => ranksOf(lot).forEach((rang) => voucherFrame(doc, LIGHT, lot, rang))),
    }
    frames.cover()
    coverNumbers(doc, LIGHT, carnet)
    addPrintPage(doc)
    frames.vouchers()
    for (const pass of carnet.pass) voucherNumbers(doc, LIGHT, carnet, pass)
  }
}

const specimen = (doc: Doc) =>
  decorate(doc, () => {
    doc.save().rotate(-50, { origin: [A4.width / 2, A4.height / 2] })
    doc
      .font('bold')
      .fontSize(110)
      .fillColor('#ccc')
      .text('SPÉCIMEN', 0, A4.height / 2 - 60, { width: A4.width, align: 'center', lineBreak: false })
    doc.restore()
  })

/** A carnet that is none: its number and its codes open nothing. */
const specimenOf = ({ carnetTaille }: LotToPrint): CarnetToPrint => ({
  serie: 'PN\u00a000-0000000-0',
  codeSuivi: '000000',
  pass: Array.from({ length: carnetTaille }, (_, i) => ({ rang: i + 1, code: '0'.repeat(12), qr: 'SPECIMEN' })),
})

/** The proof that the buyer answers: one carnet as it will be, every page marked, read aloud in its order. */
export const drawMaquette = (doc: Doc, lot: LotToPrint): void => {
  const carnet = specimenOf(lot)
  specimen(doc)
  write(doc, 'SPÉCIMEN : maquette à valider, ce carnet ne vaut rien.', LEFT, mm(8), { size: 9, bold: true })
  coverFrame(doc, ALOUD, lot)
  coverNumbers(doc, ALOUD, carnet)
  doc.addPage()
  specimen(doc)
  write(doc, 'SPÉCIMEN : ces pass ne valent rien.', LEFT, mm(8), { size: 9, bold: true })
  for (const pass of carnet.pass) {
    voucherFrame(doc, ALOUD, lot, pass.rang)
    voucherNumbers(doc, ALOUD, carnet, pass)
  }
}
