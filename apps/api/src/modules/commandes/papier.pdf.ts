import { euros, percent, plural, pluralPass } from '@pass/domain/money.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { A4, type Doc, mm, rule, write } from '../../platform/pdf/document.ts'

/** What the devis, the bon de commande, the invoice and the avoir share: two parties, references, the lines of the amounts. */
export type Partie = { nom: string; siret: string | null }
export type Montants = {
  quantite: number
  carnetTaille: number
  valeurFacialeCentimes: number
  montantCentimes: number
  fraisCentimes: number
  fraisBp: number
  tvaCentimes: number
  tvaBp: number
  totalCentimes: number
}
export type References = {
  numeroMarche: string | null
  numeroEngagement: string | null
  codeService: string | null
  siretFacturation: string | null
}

export const LEFT = A4.margin
export const WIDTH = A4.width - 2 * A4.margin
const MIDDLE = LEFT + WIDTH / 2 + mm(5)
const AMOUNT = LEFT + WIDTH - mm(40)

const drawPartie = (doc: Doc, label: string, { nom, siret }: Partie, x: number, y: number) => {
  const width = WIDTH / 2 - mm(5)
  let below = write(doc, label, x, y, { size: 9, width, tag: 'H2' })
  below = write(doc, nom, x, below, { bold: true, width })
  return siret ? write(doc, `SIRET ${formatSiret(siret)}`, x, below, { size: 10, width }) : below
}

/** Who it comes from and who it goes to, side by side. Answers the y below. */
export const drawParties = (doc: Doc, y: number, [from, de]: readonly [string, Partie], [to, vers]: readonly [string, Partie]): number => {
  const left = drawPartie(doc, from, de, LEFT, y)
  return Math.max(left, drawPartie(doc, to, vers, MIDDLE, y))
}

/** The references that the buyer asked for, one a line; nothing when it asked for none. */
export const drawReferences = (doc: Doc, references: References, y: number): number => {
  const { numeroMarche, numeroEngagement, codeService, siretFacturation } = references
  const lines = [
    ['Numéro de marché', numeroMarche],
    ['Numéro d’engagement', numeroEngagement],
    ['Code service', codeService],
    ['SIRET de facturation', siretFacturation && formatSiret(siretFacturation)],
  ] as const
  let below = y
  for (const [label, value] of lines) if (value) below = write(doc, `${label} : ${value}`, LEFT, below)
  return below
}

type Line = readonly [label: string, detail: string, centimes: number]

const drawLine = (doc: Doc, [label, detail, centimes]: Line, y: number, bold = false) => {
  const below = write(doc, label, LEFT, y, { bold, width: AMOUNT - LEFT - mm(4), tag: 'TH' })
  write(doc, euros(centimes), AMOUNT, y, { bold, width: mm(40), align: 'right', tag: 'TD' })
  const end = detail ? write(doc, detail, LEFT, below, { size: 9, width: AMOUNT - LEFT - mm(4), tag: 'TD' }) : below
  rule(doc, end + 3)
  return end + 9
}

/** Carnets, pass and euros always together, then the fees, their VAT and the total under its own name. */
export const drawMontants = (doc: Doc, montants: Montants, y: number, total: string): number => {
  const { quantite, carnetTaille, valeurFacialeCentimes } = montants
  const lines: readonly Line[] = [
    [
      `${plural(quantite, 'carnet')} de ${pluralPass(carnetTaille)}`,
      `${pluralPass(quantite * carnetTaille)} de ${euros(valeurFacialeCentimes)}. Valeur faciale hors du champ de la TVA.`,
      montants.montantCentimes,
    ],
    ['Frais de gestion hors taxes', `${percent(montants.fraisBp)} de la valeur faciale`, montants.fraisCentimes],
    ['TVA sur les frais', percent(montants.tvaBp), montants.tvaCentimes],
  ]
  rule(doc, y - 4)
  let below = y
  for (const line of lines) below = drawLine(doc, line, below)
  return drawLine(doc, [total, '', montants.totalCentimes], below, true)
}
