import { USAGE_JOURS_APRES } from '@pass/domain/ateliers.ts'
import { addDays, formatLongDay } from '@pass/domain/days.ts'
import { A4, type Doc, decorate, mm, rule, write } from '../../platform/pdf/document.ts'
import { drawSheetHead, type SheetHead } from './emargement.pdf.ts'

export type Paper = SheetHead & { people: readonly string[] }

const NBSP = '\u00a0'
const LEFT = A4.margin
const RIGHT = A4.width - A4.margin
const BOTTOM = A4.height - A4.margin
const ROW = mm(12)
const NAME = { x: LEFT + mm(9), width: mm(47) }
const CODE = LEFT + mm(58)
const CELL = mm(6.6)
const GROUP = mm(2.4)
const DONE = CODE + 12 * CELL + 2 * GROUP + mm(3)
/** Several pass a person: more rows than people, and always some. */
const EXTRA = 8

const steps = (date: string): readonly string[] => [
  `1. Une ligne par pass${NBSP}: le prénom et l’initiale de la personne, puis les 12 caractères imprimés sous le carré du pass. Les lettres I, L, O et U n’existent pas.`,
  '2. Relisez le code avec la personne, puis barrez le pass dans son carnet.',
  `3. Une personne de votre structure saisit ces codes à la page «${NBSP}Guichet${NBSP}» de cet atelier, au plus tard le ${formatLongDay(addDays(date, USAGE_JOURS_APRES))}, et coche chaque ligne acceptée.`,
  '4. Un code refusé s’affiche avec sa raison. Gardez cette liste sous clé, puis détruisez-la une fois tout saisi.',
]

const drawColumns = (doc: Doc, y: number): number => {
  const title = { size: 9, bold: true, tag: 'TH' as const }
  write(doc, 'N°', LEFT, y, { ...title, width: mm(8) })
  write(doc, 'Personne', NAME.x, y, { ...title, width: NAME.width })
  write(doc, 'Code du pass', CODE, y, { ...title, width: DONE - CODE })
  const below = write(doc, 'Saisi', DONE, y, { ...title, width: RIGHT - DONE })
  rule(doc, below + 1)
  return below + mm(2)
}

const drawCells = (doc: Doc, y: number) =>
  decorate(doc, () => {
    doc.lineWidth(0.6).strokeColor('#000')
    for (let i = 0; i < 12; i++) doc.rect(CODE + i * CELL + Math.floor(i / 4) * GROUP, y, CELL, mm(8)).stroke()
    doc.rect(DONE + mm(1), y + mm(1.5), mm(5), mm(5)).stroke()
  })

const drawLine = (doc: Doc, rank: number, nom: string, y: number): number => {
  write(doc, String(rank), LEFT, y + mm(2), { width: mm(8), tag: 'TD' })
  if (nom) write(doc, nom, NAME.x, y + mm(2), { width: NAME.width, tag: 'TD' })
  drawCells(doc, y)
  rule(doc, y + ROW - mm(2), LEFT, CODE - mm(2))
  return y + ROW
}

/** The list for a place without a phone: boxes for the codes, what to do with them, until when. No code is ever printed on it. */
export const drawPaper = (doc: Doc, paper: Paper): void => {
  let y = drawSheetHead(doc, 'Liste papier des pass', paper)
  for (const step of steps(paper.date)) y = write(doc, step, LEFT, y, { size: 10 }) + 2
  y = drawColumns(doc, y + mm(3))
  const rows = paper.people.length + Math.max(EXTRA, paper.capacite - paper.people.length)
  for (let rank = 0; rank < rows; rank++) {
    if (y + ROW > BOTTOM) {
      doc.addPage()
      y = drawColumns(doc, A4.margin)
    }
    y = drawLine(doc, rank + 1, paper.people[rank] ?? '', y)
  }
  const by = `Saisi le${NBSP}: ______________   par${NBSP}: ______________________________`
  if (y + mm(10) > BOTTOM) {
    doc.addPage()
    y = A4.margin
  }
  write(doc, by, LEFT, y + mm(3))
}
