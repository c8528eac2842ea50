import type { ArchiveData } from '@pass/domain/archives.ts'
import { ACCOUNT_LABELS, ACCOUNT_NATURES } from '@pass/domain/comptes.ts'
import { formatDay, formatInstant, PARIS } from '@pass/domain/days.ts'
import { euros, formatNumber, pluralPass } from '@pass/domain/money.ts'
import { A4, type Doc, rule, write } from '../../platform/pdf/document.ts'
import type { Manifest } from './archive-manifest.ts'

/** What the summary is drawn from: the short tables and the manifest. */
export type Summary = Manifest & Pick<ArchiveData, 'conventions' | 'comptes' | 'lots' | 'dus'>

type Column = { titre: string; width: number; align?: 'left' | 'right' }
const LEFT = A4.margin
const WIDTH = A4.width - 2 * A4.margin
const LINE = 16
const BOTTOM = A4.height - A4.margin - LINE

const lineOf = (doc: Doc, y: number, columns: readonly Column[], cells: readonly string[], tag: 'TD' | 'TH') => {
  let x: number = LEFT
  let below = y + LINE
  for (const [i, { width, align = 'left' }] of columns.entries()) {
    below = Math.max(below, write(doc, cells[i] ?? '', x, y, { width: width - 8, align, size: 9.5, bold: tag === 'TH', tag }) + 3)
    x += width
  }
  return below
}

/** A table that goes on over the page, its heading repeated. */
const table = (doc: Doc, top: number, columns: readonly Column[], lines: readonly (readonly string[])[]) => {
  const titles = columns.map(({ titre }) => titre)
  const heading = (y: number) => {
    const below = lineOf(doc, y, columns, titles, 'TH')
    rule(doc, below - 3)
    return below + 2
  }
  let y = heading(top)
  for (const line of lines) {
    if (y > BOTTOM - LINE) {
      doc.addPage()
      y = heading(A4.margin)
    }
    y = lineOf(doc, y, columns, line, 'TD')
  }
  return y
}

const part = (doc: Doc, y: number, titre: string) => {
  const isLow = y > BOTTOM - 5 * LINE
  if (isLow) doc.addPage()
  return write(doc, titre, LEFT, isLow ? A4.margin : y + 18, { size: 13, bold: true, tag: 'H2' }) + 4
}

const cents = (text: string) => Number(text)
const sum = (cells: readonly string[]) => cells.reduce((total, cell) => total + cents(cell), 0)

const drawBalances = (doc: Doc, top: number, { conventions, comptes }: Summary) =>
  conventions.reduce((below, { convention, nom, date_debut, date_fin }) => {
    const own = comptes.filter((compte) => compte.convention === convention)
    const y = part(doc, below, `${convention} · ${nom}`)
    const after = write(doc, `Du ${formatDay(date_debut)} au ${formatDay(date_fin)}`, LEFT, y, { size: 10 }) + 4
    if (own.length === 0) return write(doc, 'Aucun compte\u00a0: rien n’a encore été reçu.', LEFT, after, { size: 10 })
    const lines = ACCOUNT_NATURES.flatMap((nature) => {
      const cells = own.filter((compte) => compte.nature === nature).map(({ solde_centimes }) => solde_centimes)
      return cells.length > 0 ? [[ACCOUNT_LABELS[nature], euros(sum(cells))]] : []
    })
    const columns: Column[] = [
      { titre: 'Compte', width: WIDTH - 140 },
      { titre: 'Solde', width: 140, align: 'right' },
    ]
    return table(doc, after, columns, lines)
  }, top)

const drawOwed = (doc: Doc, top: number, { dus }: Summary) => {
  const y = part(doc, top, 'À qui il est dû')
  if (dus.length === 0) return write(doc, 'Rien n’est dû à cette date.', LEFT, y, { size: 10 })
  const columns: Column[] = [
    { titre: 'Structure', width: 200 },
    { titre: 'Convention', width: 85 },
    { titre: 'Pass', width: 45, align: 'right' },
    { titre: 'Dû', width: 85, align: 'right' },
    { titre: 'En paiement', width: WIDTH - 415, align: 'right' },
  ]
  const lines = dus.map((row) => [
    row.structure,
    row.convention,
    row.pass,
    euros(cents(row.du_centimes)),
    euros(cents(row.en_paiement_centimes)),
  ])
  return table(doc, y, columns, lines)
}

const drawLots = (doc: Doc, top: number, { lots }: Summary) => {
  const y = part(doc, top, 'Lots de carnets')
  if (lots.length === 0) return write(doc, 'Aucun lot.', LEFT, y, { size: 10 })
  const columns: Column[] = [
    { titre: 'Lot', width: 85 },
    { titre: 'Convention', width: 85 },
    { titre: 'Valable jusqu’au', width: 90 },
    { titre: 'Carnets', width: 65, align: 'right' },
    { titre: 'Actifs', width: 60, align: 'right' },
    { titre: 'Utilisés', width: 60, align: 'right' },
    { titre: 'Restants', width: WIDTH - 445, align: 'right' },
  ]
  const n = (text: string) => formatNumber(cents(text))
  const lines = lots.map((row) => [
    row.lot,
    row.convention,
    formatDay(row.date_fin),
    n(row.carnets),
    n(row.carnets_actifs),
    n(row.pass_utilises),
    n(row.pass_neufs),
  ])
  return table(doc, y, columns, lines)
}

const drawFiles = (doc: Doc, top: number, { fichiers }: Summary) => {
  const y = part(doc, top, 'Fichiers de l’archive')
  const columns: Column[] = [
    { titre: 'Fichier', width: 110 },
    { titre: 'Empreinte sha256', width: WIDTH - 110 },
  ]
  return table(
    doc,
    y,
    columns,
    fichiers.map(({ nom, sha256 }) => [nom, sha256]),
  )
}

/** The summary of an archive: what is owed, what each convention holds, its lots, and the digests of its files. */
export const drawArchive = (doc: Doc, summary: Summary): void => {
  const { collectivite, at, dus } = summary
  const owed = dus.reduce((total, row) => total + cents(row.du_centimes) + cents(row.en_paiement_centimes), 0)
  let y = write(doc, 'Archive de continuité', LEFT, A4.margin, { size: 20, bold: true, tag: 'H1' }) + 4
  y = write(doc, collectivite.nom, LEFT, y, { size: 13, bold: true })
  y = write(doc, `Arrêtée le ${formatInstant(new Date(at), PARIS)}.`, LEFT, y + 2)
  const pass = sum(dus.map((row) => row.pass))
  y = write(doc, `Dû aux structures\u00a0: ${euros(owed)}, pour ${pluralPass(pass)}.`, LEFT, y + 6, { bold: true })
  y = write(doc, 'Ni code de pass, ni nom de personne. Le détail est dans les tableaux joints.', LEFT, y + 2)
  drawFiles(doc, drawLots(doc, drawBalances(doc, drawOwed(doc, y, summary), summary), summary), summary)
}
