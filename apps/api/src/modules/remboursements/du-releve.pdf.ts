import { formatDay, formatLongDay, formatMonth } from '@pass/domain/days.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { A4, type Doc, rule, write } from '../../platform/pdf/document.ts'

export type Releve = {
  annee: number
  structure: { nom: string; siret: string | null }
  /** End of the acte de régie or of the convention de mandat; null when the structure needs none. */
  finRegie: string | null
  today: string
  virements: readonly {
    date: string
    reference: string
    mois: string
    virement: string | null
    operateur: string
    titulaire: string
    ibanMasque: string
    /** Below 0: sent back by the bank after it was paid, and why. */
    montantCentimes: number
    motif: string | null
  }[]
  parts: readonly { collectivite: string; montantCentimes: number }[]
  totalCentimes: number
}

const LEFT = A4.margin
const RIGHT = A4.width - A4.margin
const LINE = 17
const BOTTOM = A4.height - A4.margin - LINE
const NBSP = '\u00a0'

type Column = { titre: string; x: number; width: number; align?: 'left' | 'right' }
type Tag = 'TD' | 'TH'

const MONTANT: Column = { titre: 'Montant', x: RIGHT - 90, width: 90, align: 'right' }
const VIREMENTS: readonly Column[] = [
  { titre: 'Date', x: LEFT, width: 68 },
  { titre: 'Bordereau', x: LEFT + 72, width: 70 },
  { titre: 'Mois', x: LEFT + 146, width: 96 },
  { titre: 'Virement', x: LEFT + 246, width: 150 },
  MONTANT,
]
const PARTS: readonly Column[] = [{ titre: 'Collectivité', x: LEFT, width: 380 }, MONTANT]

const row = (
  doc: Doc,
  y: number,
  columns: readonly Column[],
  texts: readonly string[],
  { bold = false, tag = 'TD' }: { bold?: boolean; tag?: Tag } = {},
) => {
  const ends = columns.map(({ titre: _, x, ...style }, i) => write(doc, texts[i] ?? '', x, y, { ...style, size: 10, bold, tag }))
  return Math.max(y + LINE, ...ends.map((end) => end + 3))
}

const heading = (doc: Doc, y: number, columns: readonly Column[]) => {
  const titres = columns.map(({ titre }) => titre)
  const below = row(doc, y, columns, titres, { bold: true, tag: 'TH' })
  rule(doc, below - 3)
  return below + 3
}

/** A table that goes on over the page, its heading repeated. */
const table = (doc: Doc, top: number, columns: readonly Column[], lines: readonly (readonly string[])[]): number => {
  let y = heading(doc, top, columns)
  for (const line of lines) {
    if (y > BOTTOM) {
      doc.addPage()
      y = heading(doc, A4.margin, columns)
    }
    y = row(doc, y, columns, line)
  }
  return y
}

const part = (doc: Doc, y: number, titre: string): number => {
  const isFull = y > BOTTOM - 4 * LINE
  if (isFull) doc.addPage()
  return write(doc, titre, LEFT, isFull ? A4.margin : y + 16, { size: 13, bold: true, tag: 'H2' }) + 4
}

const head = (doc: Doc, { structure, annee }: Releve, titre: string): number => {
  const y = write(doc, `${titre} ${annee}`, LEFT, A4.margin, { size: 18, bold: true, tag: 'H1' }) + 6
  const below = write(doc, structure.nom, LEFT, y, { bold: true })
  return structure.siret ? write(doc, `SIRET ${formatSiret(structure.siret)}`, LEFT, below) : below
}

const returnsOf = (virements: Releve['virements']): number => virements.filter(({ motif }) => motif !== null).length

/** Said only when it happened: a sum that came back is taken off the day it came back. */
const RETURNED = 'Ce qui est revenu à la banque après paiement est déduit, à la date de son retour.'

const drawVirements = (doc: Doc, y: number, { virements, totalCentimes, annee }: Releve): number => {
  const top = part(doc, y, 'Virements reçus')
  if (virements.length === 0) return write(doc, `Aucun virement n’a été exécuté en ${annee}.`, LEFT, top)
  const lines = virements.map(({ date, reference, mois, virement, montantCentimes, motif }) => [
    formatDay(date),
    reference,
    formatMonth(mois),
    motif === null ? (virement ?? reference) : `${virement ?? reference}, revenu${NBSP}: ${motif}`,
    euros(montantCentimes),
  ])
  const [paid, back] = [virements.filter(({ motif }) => motif === null).length, returnsOf(virements)]
  const counted = [...(paid > 0 ? [plural(paid, 'virement')] : []), ...(back > 0 ? [plural(back, 'retour')] : [])].join(', ')
  const below = table(doc, top, VIREMENTS, lines)
  rule(doc, below)
  return row(doc, below + 5, VIREMENTS, ['Total', '', '', counted, euros(totalCentimes)], { bold: true })
}

/** What a structure received in a year, transfer by transfer, then collectivité by collectivité. Nothing names a person. */
export const drawReleveAnnuel = (doc: Doc, releve: Releve): void => {
  const { parts, totalCentimes, today } = releve
  let y = head(doc, releve, 'Relevé annuel des virements')
  const title =
    totalCentimes > 0 ? `${euros(totalCentimes)} reçus pour des pass utilisés` : `${euros(totalCentimes)} sur l’année, retours compris`
  y = write(doc, title, LEFT, y + 8, { size: 14, bold: true })
  y = write(doc, `Sommes payées par la banque dans l’année, d’après le grand livre au ${formatDay(today)}.`, LEFT, y + 2, { size: 10 })
  if (returnsOf(releve.virements) > 0) y = write(doc, RETURNED, LEFT, y + 2, { size: 10 })
  y = drawVirements(doc, y, releve)
  if (parts.length === 0) return
  table(
    doc,
    part(doc, y, 'Par collectivité'),
    PARTS,
    parts.map(({ collectivite, montantCentimes }) => [collectivite, euros(montantCentimes)]),
  )
}

/** Names of those whose sum is above 0: an account whose money came back was not credited. */
const keptBy = (virements: Releve['virements'], nameOf: (one: Releve['virements'][number]) => string): string[] => {
  const sums = new Map<string, number>()
  for (const one of virements) sums.set(nameOf(one), (sums.get(nameOf(one)) ?? 0) + one.montantCentimes)
  return [...sums].flatMap(([name, centimes]) => (centimes > 0 ? [name] : []))
}

/** For the public accountant of a régie: who paid what, on which account, under which authority. */
export const drawAttestation = (doc: Doc, releve: Releve): void => {
  const { annee, finRegie, virements, totalCentimes, today } = releve
  const operateurs = keptBy(virements, ({ operateur }) => operateur)
  const comptes = keptBy(virements, ({ titulaire, ibanMasque }) => `${titulaire}, ${ibanMasque}`)
  let y = head(doc, releve, 'Attestation de versement à une régie,')
  const lines = [
    totalCentimes > 0
      ? `${operateurs.join(', ')} atteste avoir versé ${euros(totalCentimes)} à cette structure en ${annee}, en remboursement de pass numériques utilisés dans ses lieux.`
      : `Aucune somme n’${virements.length > 0 ? 'est restée' : 'a été'} versée à cette structure en ${annee}.`,
    ...(returnsOf(virements) > 0 ? [RETURNED] : []),
    ...(finRegie ? [`Acte de régie ou convention de mandat enregistré jusqu’au ${formatLongDay(finRegie)}.`] : []),
    ...comptes.map((compte) => `Compte crédité${NBSP}: ${compte}`),
    'Chaque virement rembourse la valeur faciale des pass, hors du champ de la TVA. Son détail est le bordereau du même numéro.',
  ]
  for (const line of lines) y = write(doc, line, LEFT, y + 6)
  y = drawVirements(doc, y, releve)
  y = y > BOTTOM - 3 * LINE ? (doc.addPage(), A4.margin) : y + 18
  write(doc, `Établie le ${formatLongDay(today)} d’après le grand livre du Pass numérique.`, LEFT, y)
}
