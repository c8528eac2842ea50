import type { Remise } from '@pass/contracts/remises.ts'
import { formatLongDay, parisDay } from '@pass/domain/days.ts'
import { pluralPass } from '@pass/domain/money.ts'
import { A4, decorate, type Doc, mm, rule, write } from '../../platform/pdf/document.ts'

const LEFT = A4.margin
const WIDTH = A4.width - 2 * A4.margin
const HALF = A4.height / 2
const BOX = { width: (WIDTH - mm(8)) / 2, height: mm(26) } as const

/** A box to sign in, its caption above. */
const drawBox = (doc: Doc, x: number, y: number, caption: string) => {
  const top = write(doc, caption, x, y, { size: 11, width: BOX.width }) + 2
  decorate(doc, () => doc.lineWidth(0.7).strokeColor('#000').rect(x, top, BOX.width, BOX.height).stroke())
}

const factsOf = ({ serie, taille, annules, dateFin, remisAt, personne, prescripteur, collectivite }: Remise): string[] => [
  ...(personne ? [`Personne : ${personne.prenom} ${personne.nom}`] : []),
  `Carnet : ${serie}, ${pluralPass(taille - annules)}`,
  `Remis le ${formatLongDay(parisDay(new Date(remisAt)))}`,
  `Valable jusqu’au ${formatLongDay(dateFin)}`,
  `Remis par : ${prescripteur.nom}`,
  `Offert par : ${collectivite.nom}`,
]

const drawCopy = (doc: Doc, remise: Remise, top: number, exemplaire: string) => {
  let y = write(doc, 'Reçu du carnet de Pass numérique', LEFT, top, { size: 18, bold: true, tag: top > HALF ? 'H2' : 'H1' })
  y = write(doc, exemplaire, LEFT, y + 2, { size: 11 })
  y += mm(3)
  for (const fact of factsOf(remise)) y = write(doc, fact, LEFT, y + 3, { size: 14, width: WIDTH })
  y = write(doc, 'J’ai reçu ce carnet. Je sais que je n’ai rien à payer à l’atelier.', LEFT, y + mm(5), { size: 14, width: WIDTH })
  y = write(doc, 'Si le carnet est perdu, je préviens la structure qui me l’a remis.', LEFT, y + 3, { size: 14, width: WIDTH })
  drawBox(doc, LEFT, y + mm(4), 'Signature de la personne')
  drawBox(doc, LEFT + BOX.width + mm(8), y + mm(4), 'Signature et cachet de la structure')
}

/** One page, two copies: the person takes one away, the structure keeps the other. */
export const drawRecuPages = (doc: Doc, remise: Remise): void => {
  drawCopy(doc, remise, A4.margin, 'Exemplaire de la personne')
  rule(doc, HALF, 0, A4.width)
  drawCopy(doc, remise, HALF + mm(8), 'Exemplaire de la structure')
}
