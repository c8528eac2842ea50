import { formatDay } from '@pass/domain/days.ts'
import { euros, percent, plural, pluralPass } from '@pass/domain/money.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { A4, type Doc, decorate, mm, rule, write } from '../../platform/pdf/document.ts'

type Partie = { nom: string; siret: string | null }
export type Devis = {
  reference: string
  /** Still without the operator's price. */
  projet: boolean
  date: string
  collectivite: Partie
  operateur: Partie
  convention: { reference: string; nom: string }
  numeroEngagement: string | null
  codeService: string | null
  quantite: number
  carnetTaille: number
  valeurFacialeCentimes: number
  montantCentimes: number
  fraisCentimes: number
  fraisBp: number
  tvaCentimes: number
  tvaBp: number
  totalCentimes: number
  signataire: string | null
}

const LEFT = A4.margin
const WIDTH = A4.width - 2 * A4.margin
const MIDDLE = LEFT + WIDTH / 2 + mm(5)
const AMOUNT = LEFT + WIDTH - mm(40)

const drawPartie = (doc: Doc, label: string, { nom, siret }: Partie, x: number, y: number) => {
  const width = WIDTH / 2 - mm(5)
  let below = write(doc, label, x, y, { size: 9, width, tag: 'H2' })
  below = write(doc, nom, x, below, { bold: true, width })
  return siret ? write(doc, `SIRET ${formatSiret(siret)}`, x, below, { size: 10, width }) : below
}

const drawHead = (doc: Doc, devis: Devis) => {
  let y = write(doc, `Devis ${devis.reference}`, LEFT, A4.margin, { size: 22, bold: true, tag: 'H1' })
  if (devis.projet) y = write(doc, 'PROJET : le prix reste à établir par l’opérateur', LEFT, y + 2, { size: 12, bold: true })
  y = write(doc, `Date : ${formatDay(devis.date)}`, LEFT, y + 4) + mm(6)
  const left = drawPartie(doc, 'De l’opérateur', devis.operateur, LEFT, y)
  const right = drawPartie(doc, 'À la collectivité', devis.collectivite, MIDDLE, y)
  y = write(doc, `Convention ${devis.convention.reference}, ${devis.convention.nom}`, LEFT, Math.max(left, right) + mm(6))
  if (devis.numeroEngagement) y = write(doc, `Numéro d’engagement : ${devis.numeroEngagement}`, LEFT, y)
  if (devis.codeService) y = write(doc, `Code service : ${devis.codeService}`, LEFT, y)
  return y + mm(8)
}

const drawLine = (doc: Doc, [label, detail, centimes]: readonly [string, string, number], y: number, bold = false) => {
  const below = write(doc, label, LEFT, y, { bold, width: AMOUNT - LEFT - mm(4), tag: 'TH' })
  write(doc, euros(centimes), AMOUNT, y, { bold, width: mm(40), align: 'right', tag: 'TD' })
  const end = detail ? write(doc, detail, LEFT, below, { size: 9, width: AMOUNT - LEFT - mm(4), tag: 'TD' }) : below
  rule(doc, end + 3)
  return end + 9
}

const drawSignature = (doc: Doc, { signataire }: Devis, y: number) => {
  const below = write(doc, signataire ? `Signé par ${signataire}` : 'Bon pour accord. Date, nom, qualité et signature :', LEFT, y)
  if (!signataire)
    decorate(doc, () =>
      doc
        .lineWidth(0.7)
        .strokeColor('#000')
        .rect(LEFT, below + 4, WIDTH, mm(32))
        .stroke(),
    )
}

/** The quote of a commande: parties, lines, totals. Carnets, pass and euros always together. */
export const drawDevis = (doc: Doc, devis: Devis): void => {
  const { quantite, carnetTaille, valeurFacialeCentimes } = devis
  const pass = quantite * carnetTaille
  const lines = [
    [
      `${plural(quantite, 'carnet')} de ${pluralPass(carnetTaille)}`,
      `${pluralPass(pass)} de ${euros(valeurFacialeCentimes)}. Valeur faciale hors du champ de la TVA.`,
      devis.montantCentimes,
    ],
    ['Frais de gestion hors taxes', `${percent(devis.fraisBp)} de la valeur faciale`, devis.fraisCentimes],
    ['TVA sur les frais', percent(devis.tvaBp), devis.tvaCentimes],
  ] as const
  let y = drawHead(doc, devis)
  rule(doc, y - 4)
  for (const line of lines) y = drawLine(doc, line, y)
  y = drawLine(doc, ['Total à payer', '', devis.totalCentimes], y, true)
  drawSignature(doc, devis, y + mm(10))
}
