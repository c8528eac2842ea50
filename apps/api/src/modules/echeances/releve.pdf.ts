import { formatDay } from '@pass/domain/days.ts'
import type { LotComptes, LotPass, Partie as Side } from '@pass/domain/echeance-suivi.ts'
import { euros, formatNumber } from '@pass/domain/money.ts'
import { formatRange } from '@pass/domain/references.ts'
import { A4, type Doc, mm, write } from '../../platform/pdf/document.ts'
import { drawLine, drawParties, LEFT, type Partie, WIDTH } from './lot-papier.pdf.ts'

export type ReleveToDraw = {
  version: number
  jour: string
  commande: string
  convention: string
  de: number
  a: number
  dateFin: string
  dernierJour: string
  valeur: number
  comptes: LotComptes
  pass: LotPass
  operateur: Partie
  collectivite: Partie
  signatures: readonly { partie: Side; jour: string; acteur: string }[]
}

const drawCounts = (doc: Doc, { comptes, pass, valeur }: ReleveToDraw, from: number) => {
  let y = write(doc, 'Carnets', LEFT, from, { bold: true, size: 13, tag: 'H2' }) + 4
  y = drawLine(doc, 'Émis', formatNumber(comptes.emis), y, { detail: 'Produits et non annulés.' })
  y = drawLine(doc, 'Remis à une personne', formatNumber(comptes.remis), y)
  y = drawLine(doc, 'Jamais remis', formatNumber(comptes.jamaisRemis), y)
  y = drawLine(doc, 'Entamés', formatNumber(comptes.entames), y, { detail: 'Un pass utilisé au moins.' })
  y = write(doc, 'Pass', LEFT, y + mm(5), { bold: true, size: 13, tag: 'H2' }) + 4
  y = drawLine(doc, 'Utilisés', formatNumber(pass.passUtilises), y, { detail: 'Payés aux lieux : ils ne sont pas rendus.' })
  y = drawLine(doc, 'Actifs et jamais utilisés', formatNumber(pass.passExpires), y, { detail: 'Ils expirent à la clôture du lot.' })
  y = drawLine(doc, 'Annulés avant la fin de validité', formatNumber(pass.passAnnules), y)
  const montant = (pass.passExpires + pass.passAnnules) * valeur
  return drawLine(doc, 'À rendre par un avoir', euros(montant), y, { bold: true, detail: `Valeur faciale d’un pass : ${euros(valeur)}.` })
}

const drawSignatures = (doc: Doc, { signatures, operateur, collectivite }: ReleveToDraw, from: number) => {
  let y = write(doc, 'Signatures', LEFT, from, { bold: true, size: 13, tag: 'H2' }) + 4
  const sides = [
    ['operateur', operateur],
    ['collectivite', collectivite],
  ] as const
  for (const [side, { nom }] of sides) {
    const signed = signatures.find(({ partie }) => partie === side)
    const said = signed ? `signé par ${signed.acteur} le ${formatDay(signed.jour)}` : 'signature attendue'
    y = write(doc, `${nom} : ${said}.`, LEFT, y, { width: WIDTH }) + 3
  }
}

/** The joint statement of a lot: its counts, what is given back, and who signed for each side. A project until both have. */
export const drawReleve = (doc: Doc, releve: ReleveToDraw): void => {
  let y = write(doc, 'Relevé commun de fin de validité', LEFT, A4.margin, { size: 22, bold: true, tag: 'H1' })
  if (releve.signatures.length < 2) y = write(doc, 'PROJET : signatures incomplètes', LEFT, y + 2, { size: 12, bold: true })
  y = write(doc, `Établi le ${formatDay(releve.jour)}, version ${releve.version}`, LEFT, y + 4) + mm(6)
  y = drawParties(doc, y, releve.operateur, releve.collectivite)
  y = write(doc, `Commande ${releve.commande}, convention ${releve.convention}`, LEFT, y + mm(6), { width: WIDTH })
  y = write(doc, `Carnets ${formatRange(releve.de, releve.a)}`, LEFT, y, { width: WIDTH })
  y = write(
    doc,
    `Valables jusqu’au ${formatDay(releve.dateFin)}, acceptés dans les lieux jusqu’au ${formatDay(releve.dernierJour)}`,
    LEFT,
    y,
    {
      width: WIDTH,
    },
  )
  y = drawCounts(doc, releve, y + mm(8))
  drawSignatures(doc, releve, y + mm(6))
}
