import { formatDay, formatLongDay } from '@pass/domain/days.ts'
import { A4, type Doc, mm, write } from '../../platform/pdf/document.ts'
import { drawMontants, drawParties, drawReferences, LEFT, type Montants, type Partie, type References, WIDTH } from './papier.pdf.ts'

export type BonDeCommande = Montants &
  References & {
    reference: string
    date: string
    signataire: string
    collectivite: Partie
    operateur: Partie
    convention: { reference: string; nom: string }
    /** Days that the operator has, said to the buyer. */
    delais: { maquetteJours: number; reponseJours: number; livraisonJours: number }
  }

/** The order as signed: the buyer's side of the devis, with the delays that it counts on. */
export const drawBon = (doc: Doc, bon: BonDeCommande): void => {
  const { reference, delais, convention } = bon
  let y = write(doc, `Bon de commande ${reference}`, LEFT, A4.margin, { size: 22, bold: true, tag: 'H1' })
  y = write(doc, `Date : ${formatDay(bon.date)}`, LEFT, y + 4) + mm(6)
  y = drawParties(doc, y, ['De la collectivité', bon.collectivite], ['À l’opérateur', bon.operateur])
  y = write(doc, `Convention ${convention.reference}, ${convention.nom}. Devis ${reference}.`, LEFT, y + mm(6), { width: WIDTH })
  y = drawReferences(doc, bon, y) + mm(8)
  y = drawMontants(doc, bon, y, 'Total commandé')
  const { maquetteJours, reponseJours, livraisonJours } = delais
  y = write(
    doc,
    `Délais : maquette sous ${maquetteJours} jours, réponse de la collectivité sous ${reponseJours} jours, livraison sous ${livraisonJours} jours après la maquette validée.`,
    LEFT,
    y + mm(6),
    { width: WIDTH },
  )
  y = write(doc, 'Les pass valent leur montant après activation, dans la limite des fonds reçus.', LEFT, y + 4, { width: WIDTH })
  write(doc, `Signé par ${bon.signataire}, le ${formatLongDay(bon.date)}`, LEFT, y + mm(8), { bold: true, width: WIDTH })
}
