import { formatSiret } from '@pass/domain/organisations.ts'
import { A4, type Doc, mm, rule, write } from '../../platform/pdf/document.ts'

/** What the joint statement and the avoir of a lot share: the two sides, lines with a figure at the right. */
export type Partie = { nom: string; siret: string | null }

export const LEFT = A4.margin
export const WIDTH = A4.width - 2 * A4.margin
const MIDDLE = LEFT + WIDTH / 2 + mm(5)
const FIGURE = LEFT + WIDTH - mm(45)

const drawPartie = (doc: Doc, label: string, { nom, siret }: Partie, x: number, y: number) => {
  const width = WIDTH / 2 - mm(5)
  let below = write(doc, label, x, y, { size: 9, width, tag: 'H2' })
  below = write(doc, nom, x, below, { bold: true, width })
  return siret ? write(doc, `SIRET ${formatSiret(siret)}`, x, below, { size: 10, width }) : below
}

/** The operator and the collectivité side by side. Answers the y below. */
export const drawParties = (doc: Doc, y: number, operateur: Partie, collectivite: Partie): number =>
  Math.max(drawPartie(doc, 'Opérateur', operateur, LEFT, y), drawPartie(doc, 'Collectivité', collectivite, MIDDLE, y))

/** One line: what, and its figure. Answers the y below. */
export const drawLine = (doc: Doc, label: string, figure: string, y: number, { bold = false, detail = '' } = {}): number => {
  let below = write(doc, label, LEFT, y, { bold, width: FIGURE - LEFT - mm(4), tag: 'TH' })
  write(doc, figure, FIGURE, y, { bold, width: mm(45), align: 'right', tag: 'TD' })
  if (detail) below = write(doc, detail, LEFT, below, { size: 9, width: FIGURE - LEFT - mm(4), tag: 'TD' })
  rule(doc, below + 3)
  return below + 9
}
