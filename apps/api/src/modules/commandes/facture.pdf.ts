import { formatDay, formatLongDay } from '@pass/domain/days.ts'
import { euros } from '@pass/domain/money.ts'
import { A4, type Doc, mm, write } from '../../platform/pdf/document.ts'
import { drawMontants, drawParties, drawReferences, LEFT, type Montants, type Partie, type References, WIDTH } from './papier.pdf.ts'

export type FactureToDraw = Montants &
  References & {
    nature: 'facture' | 'avoir'
    numero: string
    date: string
    /** The last day to pay, for an invoice. */
    echeance: string | null
    vendeur: Partie
    acheteur: Partie
    commande: { reference: string }
    /** The invoice that an avoir takes back, and why. */
    origine: { numero: string } | null
    motif: string | null
    rejetee: boolean
  }

const RETARD =
  'En cas de retard de paiement : intérêts moratoires au taux de la Banque centrale européenne majoré de huit points, et indemnité forfaitaire de 40 € pour frais de recouvrement.'

const drawHead = (doc: Doc, { nature, numero, date, rejetee, commande, origine, motif, ...parties }: FactureToDraw) => {
  const avoir = nature === 'avoir'
  let y = write(doc, `${avoir ? 'Avoir' : 'Facture'} ${numero}`, LEFT, A4.margin, { size: 22, bold: true, tag: 'H1' })
  if (rejetee) y = write(doc, 'REJETÉE : ne pas payer', LEFT, y + 2, { size: 12, bold: true })
  y = write(doc, `Date : ${formatDay(date)}`, LEFT, y + 4) + mm(6)
  y = drawParties(doc, y, ['Opérateur', parties.vendeur], ['Adressée à', parties.acheteur])
  y = write(doc, `Commande ${commande.reference}`, LEFT, y + mm(6), { width: WIDTH })
  if (origine) y = write(doc, `Annule la facture ${origine.numero}`, LEFT, y, { bold: true, width: WIDTH })
  if (motif) y = write(doc, `Motif : ${motif}`, LEFT, y, { width: WIDTH })
  return drawReferences(doc, parties, y) + mm(8)
}

/** An invoice, or the avoir that takes it back: the same lines, what is owed or given back, and until when. */
export const drawFacture = (doc: Doc, facture: FactureToDraw): void => {
  const avoir = facture.nature === 'avoir'
  let y = drawMontants(doc, facture, drawHead(doc, facture), avoir ? 'Total de l’avoir' : 'Net à payer')
  const total = euros(facture.totalCentimes)
  const due = avoir
    ? `Cet avoir de ${total} annule la facture. Ce qui a été reçu pour cette commande est rendu à la collectivité.`
    : `À payer au plus tard le ${formatLongDay(facture.echeance ?? facture.date)} : ${total}.`
  y = write(doc, due, LEFT, y + mm(6), { bold: true, width: WIDTH })
  if (avoir) return
  y = write(doc, `Indiquez la référence ${facture.numero} sur le virement.`, LEFT, y + 4, { width: WIDTH })
  write(doc, RETARD, LEFT, y + mm(6), { size: 9, width: WIDTH })
}
