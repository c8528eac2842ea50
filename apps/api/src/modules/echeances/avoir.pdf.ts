import { formatDay } from '@pass/domain/days.ts'
import { euros, formatNumber, percent } from '@pass/domain/money.ts'
import { A4, type Doc, mm, write } from '../../platform/pdf/document.ts'
import { drawLine, drawParties, LEFT, type Partie, WIDTH } from './lot-papier.pdf.ts'

export type AvoirToDraw = {
  numero: string
  date: string
  commande: string
  convention: string
  dateFin: string
  releve: string
  passExpires: number
  passAnnules: number
  valeur: number
  montantCentimes: number
  parts: readonly { nom: string; cleBp: number; montantCentimes: number }[]
  vendeur: Partie
  acheteur: Partie
}

/** The avoir of a closed lot: pass never used, at face value, and the share of each financeur. */
export const drawAvoir = (doc: Doc, avoir: AvoirToDraw): void => {
  let y = write(doc, `Avoir ${avoir.numero}`, LEFT, A4.margin, { size: 22, bold: true, tag: 'H1' })
  y = write(doc, `Date : ${formatDay(avoir.date)}`, LEFT, y + 4) + mm(6)
  y = drawParties(doc, y, avoir.vendeur, avoir.acheteur)
  y = write(doc, `Commande ${avoir.commande}, convention ${avoir.convention}`, LEFT, y + mm(6), { width: WIDTH })
  y = write(doc, `Carnets valables jusqu’au ${formatDay(avoir.dateFin)}, relevé commun du ${formatDay(avoir.releve)}`, LEFT, y, {
    width: WIDTH,
  })
  y = write(doc, 'Pass jamais utilisés', LEFT, y + mm(8), { bold: true, size: 13, tag: 'H2' }) + 4
  const face = `${euros(avoir.valeur)} chacun, valeur faciale hors du champ de la TVA.`
  y = drawLine(doc, `${formatNumber(avoir.passExpires)} pass expirés`, euros(avoir.passExpires * avoir.valeur), y, { detail: face })
  if (avoir.passAnnules > 0)
    y = drawLine(doc, `${formatNumber(avoir.passAnnules)} pass annulés avant la fin`, euros(avoir.passAnnules * avoir.valeur), y, {
      detail: face,
    })
  y = drawLine(doc, 'Total de l’avoir', euros(avoir.montantCentimes), y, { bold: true })
  y = write(doc, 'Partage entre les financeurs', LEFT, y + mm(6), { bold: true, size: 13, tag: 'H2' }) + 4
  for (const { nom, cleBp, montantCentimes } of avoir.parts)
    y = drawLine(doc, nom, euros(montantCentimes), y, { detail: `Clé de la convention : ${percent(cleBp)}` })
  write(doc, 'Les pass utilisés ne figurent pas dans cet avoir : ils ont été payés aux lieux.', LEFT, y + mm(6), { size: 9, width: WIDTH })
}
