import type { AttributionSens } from '@pass/domain/attributions.ts'
import { formatDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { A4, breathe, type Doc, decorate, mm, rule, write } from '../../platform/pdf/document.ts'

type Partie = { nom: string; siret: string | null }
export type Bordereau = {
  reference: string
  sens: AttributionSens
  date: string
  /** Confirmed on, or not yet; called back. */
  dateReception: string | null
  annulee: boolean
  expediteur: Partie
  destinataire: Partie
  collectivite: string
  convention: string
  plages: readonly { premiere: string; derniere: string; carnets: number }[]
  /** Ranges that are not printed: too many for a slip. */
  autresPlages: number
  carnets: number
}

const TITLES: Record<AttributionSens, string> = {
  attribution: 'Bordereau d’attribution',
  transfert: 'Bordereau de transfert',
  retour: 'Bordereau de retour',
}
const LEFT = A4.margin
const WIDTH = A4.width - 2 * A4.margin
const HALF = WIDTH / 2 - mm(5)
const MIDDLE = LEFT + WIDTH / 2 + mm(5)
const BOTTOM = A4.height - A4.margin
const ROW = mm(8)
const COLUMNS = [
  { titre: 'Premier carnet', x: LEFT, width: mm(62) },
  { titre: 'Dernier carnet', x: LEFT + mm(64), width: mm(62) },
  { titre: 'Carnets', x: LEFT + mm(128), width: WIDTH - mm(128) },
] as const

export const titleOf = ({ sens, reference }: Pick<Bordereau, 'sens' | 'reference'>) => `${TITLES[sens]} ${reference}`

const drawPartie = (doc: Doc, label: string, { nom, siret }: Partie, x: number, y: number) => {
  let below = write(doc, label, x, y, { size: 9, width: HALF, tag: 'H2' })
  below = write(doc, nom, x, below, { bold: true, width: HALF })
  return siret ? write(doc, `SIRET ${formatSiret(siret)}`, x, below, { size: 10, width: HALF }) : below
}

const stateOf = ({ annulee, dateReception }: Bordereau): string => {
  if (annulee) return 'ENVOI RAPPELÉ : ne pas tenir compte de ce bordereau'
  return dateReception ? `Réception confirmée le ${formatDay(dateReception)}` : 'Réception à confirmer'
}

const drawHead = (doc: Doc, bordereau: Bordereau) => {
  let y = write(doc, titleOf(bordereau), LEFT, A4.margin, { size: 22, bold: true, tag: 'H1' })
  y = write(doc, `Envoyé le ${formatDay(bordereau.date)}. ${stateOf(bordereau)}.`, LEFT, y + 4, { bold: bordereau.annulee }) + mm(6)
  const left = drawPartie(doc, 'Remis par', bordereau.expediteur, LEFT, y)
  const right = drawPartie(doc, 'Reçu par', bordereau.destinataire, MIDDLE, y)
  y = write(doc, `Pass numérique de ${bordereau.collectivite}. Convention ${bordereau.convention}.`, LEFT, Math.max(left, right) + mm(6))
  return write(doc, `${plural(bordereau.carnets, 'carnet')} en tout`, LEFT, y + mm(4), { size: 16, bold: true, tag: 'H2' }) + mm(4)
}

const drawCells = (doc: Doc, cells: readonly string[], y: number, heading: boolean) => {
  COLUMNS.forEach(({ x, width }, i) =>
    write(doc, cells[i]!, x, y, { width, bold: heading, align: i === 2 ? 'right' : 'left', tag: heading ? 'TH' : 'TD' }),
  )
  rule(doc, y + ROW - mm(2))
  return y + ROW
}

/** The ranges, over as many pages as it takes. */
const drawRanges = async (doc: Doc, { plages, autresPlages, reference }: Bordereau, from: number) => {
  const heads = COLUMNS.map(({ titre }) => titre)
  let y = drawCells(doc, heads, from, true)
  for (const { premiere, derniere, carnets } of plages) {
    if (y + ROW > BOTTOM) {
      doc.addPage()
      await breathe()
      y = drawCells(doc, heads, write(doc, `${reference}, suite`, LEFT, A4.margin, { size: 9 }) + mm(4), true)
    }
    y = drawCells(doc, [premiere, derniere, String(carnets)], y, false)
  }
  return autresPlages > 0 ? write(doc, `et ${plural(autresPlages, 'autre plage', 'autres plages')}.`, LEFT, y) : y
}

const drawFrame = (doc: Doc, label: string, x: number, y: number) => {
  const below = write(doc, label, x, y, { size: 10, width: HALF })
  decorate(doc, () =>
    doc
      .lineWidth(0.7)
      .strokeColor('#000')
      .rect(x, below + 4, HALF, mm(30))
      .stroke(),
  )
  return below
}

const drawSignatures = (doc: Doc, { carnets }: Bordereau, from: number) => {
  let y = from + mm(6)
  if (y + mm(62) > BOTTOM) {
    doc.addPage()
    y = A4.margin
  }
  y =
    write(
      doc,
      `Comptez les carnets avant de signer : il doit y en avoir ${carnets}. Puis confirmez la réception dans le service : les carnets ne peuvent pas être remis avant.`,
      LEFT,
      y,
    ) + mm(4)
  drawFrame(doc, 'Pour qui envoie : nom, qualité, date, signature', LEFT, y)
  drawFrame(doc, 'Pour qui reçoit : nom, qualité, date, signature', MIDDLE, y)
}

/** The slip that goes with a parcel: who, to whom, which numbers, how many; both sign it. */
export const drawSlip = async (doc: Doc, bordereau: Bordereau): Promise<void> => {
  const y = await drawRanges(doc, bordereau, drawHead(doc, bordereau))
  drawSignatures(doc, bordereau, y)
}
