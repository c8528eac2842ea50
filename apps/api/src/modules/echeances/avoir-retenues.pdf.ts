import { formatDay } from '@pass/domain/days.ts'
import { euros, percent, plural } from '@pass/domain/money.ts'
import { A4, type Doc, mm, write } from '../../platform/pdf/document.ts'
import { drawLine, drawParties, LEFT, type Partie, WIDTH } from './lot-papier.pdf.ts'

export type AvoirRetenuesToDraw = {
  numero: string
  date: string
  convention: string
  retenues: readonly { date: string; structure: string; motif: string; montantCentimes: number }[]
  montantCentimes: number
  parts: readonly { nom: string; cleBp: number; montantCentimes: number }[]
  vendeur: Partie
  acheteur: Partie
}

const BOTTOM = A4.height - A4.margin

/** Room for this much on the page, or the next one. */
const room = (doc: Doc, y: number, height: number): number => {
  if (y + height <= BOTTOM) return y
  doc.addPage()
  return A4.margin
}

const NOTE =
  'Ces retenues réduisent ce qui est demandé aux financeurs pour les pass utilisés. La somme revient à la collectivité, elle ne leur est pas rendue une seconde fois.'

/** The complementary avoir of a convention: what incidents withheld from structures, use by use, and the key. */
export const drawAvoirRetenues = (doc: Doc, avoir: AvoirRetenuesToDraw): void => {
  let y = write(doc, `Avoir complémentaire ${avoir.numero}`, LEFT, A4.margin, { size: 22, bold: true, tag: 'H1' })
  y = write(doc, `Date : ${formatDay(avoir.date)}`, LEFT, y + 4) + mm(6)
  y = drawParties(doc, y, avoir.vendeur, avoir.acheteur)
  y = write(doc, `Convention ${avoir.convention}`, LEFT, y + mm(6), { width: WIDTH })
  const titre = `${plural(avoir.retenues.length, 'retenue')} sur des pass payés à tort`
  y = write(doc, titre, LEFT, y + mm(8), { bold: true, size: 13, tag: 'H2' }) + 4
  for (const { date, structure, motif, montantCentimes } of avoir.retenues)
    y = drawLine(doc, `${structure}, utilisation du ${formatDay(date)}`, euros(montantCentimes), room(doc, y, mm(22)), { detail: motif })
  y = drawLine(doc, 'Total de l’avoir', euros(avoir.montantCentimes), room(doc, y, mm(12)), { bold: true })
  y = room(doc, y, mm(30))
  y = write(doc, 'Partage selon la clé de la convention', LEFT, y + mm(6), { bold: true, size: 13, tag: 'H2' }) + 4
  for (const { nom, cleBp, montantCentimes } of avoir.parts)
    y = drawLine(doc, nom, euros(montantCentimes), room(doc, y, mm(18)), { detail: `Clé de la convention : ${percent(cleBp)}` })
  write(doc, NOTE, LEFT, room(doc, y, mm(22)) + mm(6), { size: 9, width: WIDTH })
}
