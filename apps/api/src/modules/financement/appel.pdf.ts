import { formatDay, formatMonth } from '@pass/domain/days.ts'
import { APPEL_TITLES, periodeLabel } from '@pass/domain/financement.ts'
import type { FinanceurNature } from '@pass/domain/conventions.ts'
import { euros, percent, pluralPass } from '@pass/domain/money.ts'
import { A4, type Doc, mm, rule, write } from '../../platform/pdf/document.ts'

export type AppelToDraw = {
  numero: string | null
  statut: string
  nature: FinanceurNature
  nom: string
  collectivite: string
  convention: { reference: string; nom: string }
  periode: { debut: string; fin: string }
  date: string
  pass: number
  partCentimes: number
  avanceCentimes: number
  montantCentimes: number
  lignes: { mois: string; pass: number; cleBp: number; montantCentimes: number; derogationCentimes: number }[]
  /** Bordereaux and ateliers of the list of proofs, and its digest: said on the call so that neither can change alone. */
  preuves: { bordereaux: number; ateliers: number; empreintes: number; sha256: string }
}

const LEFT = A4.margin
const RIGHT = A4.width - A4.margin
const WIDTH = RIGHT - LEFT
const BOTTOM = A4.height - A4.margin - mm(10)
const COLUMNS = [
  { titre: 'Clôture', x: LEFT, width: 150, align: 'left' },
  { titre: 'Pass', x: LEFT + 160, width: 80, align: 'right' },
  { titre: 'Clé', x: LEFT + 250, width: 80, align: 'right' },
  { titre: 'Part', x: RIGHT - 120, width: 120, align: 'right' },
] as const

const line = (doc: Doc, y: number, cells: readonly string[], { bold = false, tag = 'TD' }: { bold?: boolean; tag?: 'TD' | 'TH' } = {}) => {
  const ends = COLUMNS.map(({ x, width, align }, i) => write(doc, cells[i] ?? '', x, y, { size: 10, width, align, bold, tag }))
  return Math.max(...ends) + 4
}

const head = (doc: Doc, { numero, statut, nature, nom, collectivite, convention, periode, date }: AppelToDraw) => {
  let y = write(doc, APPEL_TITLES[nature], LEFT, A4.margin, { size: 20, bold: true, width: WIDTH, tag: 'H1' }) + 4
  const state = { brouillon: 'BROUILLON : ne vaut pas appel', refuse: 'REFUSÉ : ne pas payer' }[statut]
  if (state) y = write(doc, state, LEFT, y, { bold: true, width: WIDTH }) + 2
  const lines = [
    ...(numero ? [`Numéro : ${numero}`] : []),
    `Date : ${formatDay(date)}`,
    `De : ${collectivite}`,
    `À : ${nom}`,
    `Convention ${convention.reference}, ${convention.nom}`,
    `Période : ${periodeLabel(periode)}`,
  ]
  for (const text of lines) y = write(doc, text, LEFT, y + 1, { width: WIDTH })
  return y + mm(6)
}

const lignes = (doc: Doc, appel: AppelToDraw, top: number) => {
  const titles = COLUMNS.map(({ titre }) => titre)
  let y = line(doc, top, titles, { bold: true, tag: 'TH' })
  rule(doc, y - 3)
  for (const { mois, pass, cleBp, montantCentimes, derogationCentimes } of appel.lignes) {
    if (y > BOTTOM) {
      doc.addPage()
      y = line(doc, A4.margin, titles, { bold: true, tag: 'TH' })
    }
    y = line(doc, y + 2, [formatMonth(mois), String(pass), percent(cleBp), euros(montantCentimes)])
    if (derogationCentimes > 0)
      y = write(doc, `dont ${euros(derogationCentimes)} remis après l’arrêt de la distribution, hors clé`, LEFT, y, {
        size: 9,
        width: WIDTH,
      })
  }
  rule(doc, y)
  return y + 6
}

const TOTAL: Record<FinanceurNature, string> = {
  etat: 'Montant appelé',
  collectivite: 'Montant à mandater',
  fse: 'Dépense à rembourser',
  prive: 'Montant appelé',
}

/** A call for funds: closings, part, advances deducted, what is asked, and the digest of its proofs. No person. */
export const drawAppel = (doc: Doc, appel: AppelToDraw): void => {
  let y = lignes(doc, appel, head(doc, appel))
  y = line(doc, y, ['Part des pass utilisés', String(appel.pass), '', euros(appel.partCentimes)])
  if (appel.avanceCentimes > 0) y = line(doc, y, ['Avances déduites', '', '', `−${euros(appel.avanceCentimes)}`])
  y = line(doc, y, [TOTAL[appel.nature], '', '', euros(appel.montantCentimes)], { bold: true }) + mm(6)
  if (y > BOTTOM - mm(30)) {
    doc.addPage()
    y = A4.margin
  }
  const { bordereaux, ateliers, empreintes, sha256 } = appel.preuves
  y = write(doc, 'Preuves', LEFT, y, { size: 13, bold: true, tag: 'H2' }) + 2
  const proofs = [
    `${pluralPass(appel.pass)} utilisés, clôturés et partagés entre les financeurs de la convention.`,
    `Bordereaux : ${bordereaux}. Ateliers : ${ateliers}. Empreintes d’émargement : ${empreintes}.`,
    `Empreinte SHA-256 de la liste des preuves : ${sha256}`,
  ]
  for (const text of proofs) y = write(doc, text, LEFT, y + 2, { size: 10, width: WIDTH })
}
