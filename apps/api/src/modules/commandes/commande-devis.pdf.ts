import { formatDay } from '@pass/domain/days.ts'
import { A4, type Doc, decorate, mm, write } from '../../platform/pdf/document.ts'
import { drawMontants, drawParties, drawReferences, LEFT, type Montants, type Partie, type References, WIDTH } from './papier.pdf.ts'

export type Devis = Montants &
  References & {
    reference: string
    /** Still without the operator's price. */
    projet: boolean
    date: string
    collectivite: Partie
    operateur: Partie
    convention: { reference: string; nom: string }
    signataire: string | null
  }

const drawHead = (doc: Doc, devis: Devis) => {
  let y = write(doc, `Devis ${devis.reference}`, LEFT, A4.margin, { size: 22, bold: true, tag: 'H1' })
  if (devis.projet) y = write(doc, 'PROJET : le prix reste à établir par l’opérateur', LEFT, y + 2, { size: 12, bold: true })
  y = write(doc, `Date : ${formatDay(devis.date)}`, LEFT, y + 4) + mm(6)
  y = drawParties(doc, y, ['De l’opérateur', devis.operateur], ['À la collectivité', devis.collectivite])
  y = write(doc, `Convention ${devis.convention.reference}, ${devis.convention.nom}`, LEFT, y + mm(6))
  return drawReferences(doc, devis, y) + mm(8)
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
  const y = drawMontants(doc, devis, drawHead(doc, devis), 'Total à payer')
  drawSignature(doc, devis, y + mm(10))
}
