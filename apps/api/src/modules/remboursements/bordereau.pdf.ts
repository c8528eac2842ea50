import { BORDEREAU_LABELS } from '@pass/domain/bordereaux.ts'
import { formatPeriode, LIGNE_LABELS } from '@pass/domain/clotures.ts'
import { formatDay } from '@pass/domain/days.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { A4, decorate, type Doc, rule, write } from '../../platform/pdf/document.ts'
import type { Releve } from './releve.ts'

type Cell = { text: string; x: number; width: number; align?: 'left' | 'right' }
type Column = Omit<Cell, 'text'> & { titre: string }

const LINE = 17
const BOTTOM = A4.height - A4.margin - LINE
const RIGHT = A4.width - A4.margin
const MONEY = 90

const row = (doc: Doc, y: number, cells: readonly Cell[], { bold = false, tag = 'TD' }: { bold?: boolean; tag?: 'TD' | 'TH' } = {}) => {
  const ends = cells.map(({ text, x, ...style }) => write(doc, text, x, y, { ...style, bold, tag, size: 10 }))
  return Math.max(y + LINE, ...ends.map((end) => end + 3))
}

const heading = (doc: Doc, y: number, columns: readonly Column[]) => {
  const below = row(
    doc,
    y,
    columns.map(({ titre, ...cell }) => ({ ...cell, text: titre })),
    { bold: true, tag: 'TH' },
  )
  rule(doc, below - 3)
  return below + 3
}

/** A table that goes on over the page, its heading repeated. */
const table = (doc: Doc, top: number, columns: readonly Column[], lines: readonly (readonly string[])[]) => {
  let y = heading(doc, top, columns)
  for (const line of lines) {
    if (y > BOTTOM) {
      doc.addPage()
      y = heading(doc, A4.margin, columns)
    }
    y = row(
      doc,
      y,
      columns.map(({ titre: _, ...cell }, i) => ({ ...cell, text: line[i] ?? '' })),
    )
  }
  return y
}

/** The title of a part, never alone at the foot of a page. */
const part = (doc: Doc, y: number, titre: string) => {
  const top = y > BOTTOM - 4 * LINE ? A4.margin : y + 16
  if (top === A4.margin) doc.addPage()
  return write(doc, titre, A4.margin, top, { size: 13, bold: true, tag: 'H2' }) + 4
}

const AMOUNTS: readonly Column[] = [
  { titre: 'Pass', x: RIGHT - MONEY - 70, width: 60, align: 'right' },
  { titre: 'Montant', x: RIGHT - MONEY, width: MONEY, align: 'right' },
]

/** The day of the bank's answer; one that came back keeps the day it was paid. */
const answeredOn = ({ datePaiement, rejet }: Pick<Releve, 'datePaiement' | 'rejet'>): string => {
  const day = rejet?.date ?? datePaiement
  if (!day) return ''
  return `, le ${formatDay(day)}${rejet?.payeLe ? ` (payé le ${formatDay(rejet.payeLe)}, puis revenu)` : ''}`
}

const head = (
  doc: Doc,
  { reference, mois, semaine, statut, structure, operateur, compte, pass, montantCentimes, datePaiement, rejet }: Releve,
) => {
  let y = write(doc, `Bordereau de remboursement ${reference}`, A4.margin, A4.margin, { size: 18, bold: true, tag: 'H1' }) + 6
  const lines = [
    semaine === null
      ? `${structure.nom}, pour les pass utilisés jusqu’à fin ${formatPeriode({ mois, semaine })}`
      : `${structure.nom}, ${formatPeriode({ mois, semaine })}`,
    `Opérateur\u00a0: ${operateur.nom}`,
    `Compte\u00a0: ${compte.titulaire}, ${compte.ibanMasque}`,
    `Statut\u00a0: ${BORDEREAU_LABELS[statut]}${answeredOn({ datePaiement, rejet })}`,
  ]
  for (const line of lines) y = write(doc, line, A4.margin, y + 1)
  y = write(doc, `${euros(montantCentimes)} pour ${pluralPass(pass)}`, A4.margin, y + 8, { size: 14, bold: true })
  return y
}

/** What is paid or withheld besides the uses, when there is some. */
const drawLignes = (doc: Doc, top: number, { lignes }: Releve): number => {
  if (lignes.length === 0) return top
  const y = part(doc, top, 'Reports, retenues et frais')
  const columns = [
    { titre: 'Nature', x: A4.margin, width: 150 },
    { titre: 'Collectivité', x: A4.margin + 155, width: 130 },
    { titre: 'Objet', x: A4.margin + 290, width: RIGHT - MONEY - A4.margin - 300 },
    AMOUNTS[1]!,
  ]
  return table(
    doc,
    y,
    columns,
    lignes.map((line) => [LIGNE_LABELS[line.nature], line.collectivite, line.objet, euros(line.montantCentimes)]),
  )
}

/** The statement of a bordereau: what is paid, by collectivité, then atelier by atelier. Nothing names a person. */
export const drawReleve = (doc: Doc, releve: Releve): void => {
  const { conventions, ateliers } = releve
  let y = part(doc, head(doc, releve), 'Par collectivité')
  const name = { x: A4.margin, width: 280 }
  y = table(
    doc,
    y,
    [{ titre: 'Collectivité', ...name }, ...AMOUNTS],
    conventions.map((line) => [line.collectivite, String(line.pass), euros(line.montantCentimes)]),
  )
  y = drawLignes(doc, y, releve)
  y = part(doc, y, 'Par atelier')
  const columns = [{ titre: 'Date', x: A4.margin, width: 80 }, { titre: 'Lieu', x: A4.margin + 90, width: 230 }, ...AMOUNTS]
  y = table(
    doc,
    y,
    columns,
    ateliers.map((line) => [formatDay(line.date), line.lieu, String(line.pass), euros(line.montantCentimes)]),
  )
  if (y > BOTTOM) {
    doc.addPage()
    y = A4.margin
  }
  decorate(doc, () =>
    doc
      .lineWidth(1.2)
      .moveTo(A4.margin, y + 2)
      .lineTo(RIGHT, y + 2)
      .stroke(),
  )
  const [passColumn, montantColumn] = AMOUNTS as [Column, Column]
  row(
    doc,
    y + 8,
    [
      { ...name, text: 'Total à payer' },
      { ...passColumn, text: String(releve.pass) },
      { ...montantColumn, text: euros(releve.montantCentimes) },
    ],
    { bold: true },
  )
}
