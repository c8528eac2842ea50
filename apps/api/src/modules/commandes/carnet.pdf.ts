import { formatCode } from '@pass/domain/codes.ts'
import { formatDay, formatLongDay } from '@pass/domain/days.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { A4, breathe, type Doc, decorate, mm, rule, write } from '../../platform/pdf/document.ts'
import { drawQr } from '../../platform/pdf/qr.ts'

export type CarnetToPrint = {
  serie: string
  /** The 6 symbols that open the carnet page, and nothing else. */
  codeSuivi: string
  pass: { rang: number; code: string; qr: string }[]
}
export type CarnetsToPrint = {
  collectivite: string
  operateur: string
  dateFin: string
  valeurFacialeCentimes: number
  /** The text that the collectivité validated: its telephone line is there. */
  texte: string | null
  carnets: CarnetToPrint[]
}

const LEFT = A4.margin
const WIDTH = A4.width - 2 * A4.margin
const VOUCHER = { width: mm(87), height: mm(52), columns: 2 } as const
const QR_SIDE = mm(34)
const MARK = mm(4)

const HOW_TO = [
  '1. Choisissez un lieu près de chez vous. La personne qui vous remet ce carnet peut vous aider.',
  '2. Prenez rendez-vous pour un atelier : courriel, démarches, téléphone, sécurité…',
  '3. Le jour de l’atelier, donnez un pass. Vous n’avez rien à payer.',
  'Gardez ce carnet sur vous. S’il est perdu ou volé, prévenez tout de suite : il sera bloqué.',
] as const

const drawCover = (doc: Doc, print: CarnetsToPrint, { serie, codeSuivi, pass }: CarnetToPrint) => {
  let y = write(doc, 'Pass numérique', LEFT, A4.margin, { size: 30, bold: true, tag: 'H1' })
  y = write(doc, print.collectivite, LEFT, y + mm(2), { size: 16 })
  y = write(doc, `Carnet ${serie}`, LEFT, y + mm(8), { size: 20, bold: true, tag: 'H2' })
  y = write(doc, `${pluralPass(pass.length)} de ${euros(print.valeurFacialeCentimes)}`, LEFT, y + 4, { size: 14 })
  y = write(doc, `Valable jusqu’au ${formatLongDay(print.dateFin)}`, LEFT, y + 4, { size: 14, bold: true })
  rule(doc, y + mm(5))
  y = write(doc, 'Comment l’utiliser', LEFT, y + mm(10), { size: 16, bold: true, tag: 'H2' }) + 4
  for (const sentence of HOW_TO) y = write(doc, sentence, LEFT, y + 4, { size: 13, width: WIDTH, gap: 4 })
  if (print.texte) y = write(doc, print.texte, LEFT, y + mm(8), { size: 13, bold: true, width: WIDTH, gap: 4 })
  rule(doc, y + mm(6))
  y = write(doc, `Code de suivi : ${codeSuivi}`, LEFT, y + mm(11), { size: 16, bold: true })
  y = write(doc, 'Il sert à voir sur Internet combien de pass il vous reste. Il ne permet pas de les utiliser.', LEFT, y + 4, {
    size: 11,
    width: WIDTH,
  })
  write(doc, `Carnet produit par ${print.operateur}`, LEFT, A4.height - A4.margin - 24, { size: 9 })
}

/** Small crosses at the corners of a voucher: where to cut, in any printer's black. */
const drawCutMarks = (doc: Doc, x: number, y: number) =>
  decorate(doc, () => {
    doc.lineWidth(0.5).strokeColor('#000')
    for (const cx of [x, x + VOUCHER.width])
      for (const cy of [y, y + VOUCHER.height]) {
        doc.moveTo(cx - MARK / 2, cy).lineTo(cx + MARK / 2, cy)
        doc.moveTo(cx, cy - MARK / 2).lineTo(cx, cy + MARK / 2)
      }
    doc.stroke()
  })

const drawVoucher = (
  doc: Doc,
  print: CarnetsToPrint,
  { serie, pass }: CarnetToPrint,
  { rang, code, qr }: CarnetToPrint['pass'][number],
) => {
  const x = LEFT + ((rang - 1) % VOUCHER.columns) * VOUCHER.width
  const y = A4.margin + Math.floor((rang - 1) / VOUCHER.columns) * VOUCHER.height
  drawCutMarks(doc, x, y)
  const inside = x + mm(4)
  const width = VOUCHER.width - QR_SIDE - mm(9)
  let below = write(doc, `Pass ${rang} sur ${pass.length}`, inside, y + mm(5), { size: 12, bold: true, width, tag: 'H2' })
  below = write(doc, euros(print.valeurFacialeCentimes), inside, below + 2, { size: 16, bold: true, width })
  write(doc, `Jusqu’au ${formatDay(print.dateFin)}`, inside, below + 2, { size: 10, width })
  drawQr(doc, { text: qr, x: x + VOUCHER.width - QR_SIDE - mm(3), y: y + mm(3), side: QR_SIDE, alt: `Code à scanner du pass ${rang}` })
  const foot = write(doc, formatCode(code), inside, y + mm(38), { size: 15, bold: true, width: VOUCHER.width - mm(8) })
  write(doc, serie, inside, foot, { size: 8, width: VOUCHER.width - mm(8) })
}

/** Carnets ready to print and cut: a page for the cover, a page for its pass. Black on white, nothing told by colour alone. */
export const drawCarnets = async (doc: Doc, print: CarnetsToPrint): Promise<void> => {
  for (const [i, carnet] of print.carnets.entries()) {
    await breathe()
    if (i > 0) doc.addPage()
    drawCover(doc, print, carnet)
    doc.addPage()
    for (const pass of carnet.pass) drawVoucher(doc, print, carnet, pass)
  }
}
