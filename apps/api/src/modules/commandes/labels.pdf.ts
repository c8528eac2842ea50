import { type Etiquette, formatEtiquette } from '@pass/domain/etiquettes.ts'
import { plural } from '@pass/domain/money.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { A4, type Doc, mm, setText } from '../../platform/pdf/document.ts'
import { paintQr } from '../../platform/pdf/qr.ts'

export type LabelsToPrint = {
  commande: string
  collectivite: string
  /** Cartons in order, each followed by its bundles. */
  etiquettes: (Etiquette & { rang: string })[]
}

/** Eight labels a page, 105 × 74 mm: the sheets that every office sells. */
const LABEL = { width: A4.width / 2, height: A4.height / 4, columns: 2, perPage: 8 } as const
const QR_SIDE = mm(38)

const drawLabel = (
  doc: Doc,
  { commande, collectivite }: LabelsToPrint,
  { rang, ...etiquette }: LabelsToPrint['etiquettes'][number],
  place: number,
) => {
  const x = (place % LABEL.columns) * LABEL.width + mm(8)
  const y = Math.floor(place / LABEL.columns) * LABEL.height + mm(8)
  const width = LABEL.width - QR_SIDE - mm(18)
  const number = formatEtiquette(etiquette)
  const { nature, premiere, derniere } = etiquette
  let below = setText(doc, `${nature === 'carton' ? 'Carton' : 'Paquet'} ${rang}`, x, y, { size: 18, bold: true, width })
  below = setText(doc, plural(derniere - premiere + 1, 'carnet'), x, below + 2, { size: 14, bold: true, width })
  below = setText(doc, `De ${formatSerie(premiere)}`, x, below + 6, { size: 10, width })
  below = setText(doc, `à ${formatSerie(derniere)}`, x, below, { size: 10, width })
  setText(doc, `Commande ${commande}`, x, below + 6, { size: 9, width })
  paintQr(doc, { text: number.replace(/[ -]/g, ''), x: x + width + mm(2), y: y - mm(3), side: QR_SIDE })
  setText(doc, number, x, y + mm(40), { size: 13, bold: true, width: LABEL.width - mm(12) })
  setText(doc, collectivite, x, y + mm(48), { size: 9, width: LABEL.width - mm(16) })
}

/** Labels to stick on cartons and bundles: whoever receives scans them, and reads the same by eye. */
export const drawLabels = async (doc: Doc, labels: LabelsToPrint, room: () => Promise<void>): Promise<void> => {
  for (const [i, etiquette] of labels.etiquettes.entries()) {
    const place = i % LABEL.perPage
    if (place === 0) {
      await room()
      doc.addPage()
    }
    drawLabel(doc, labels, etiquette, place)
  }
}
