import type { FileAnswer } from '@pass/contracts/route.ts'
import { formatDay, formatInstant, PARIS } from '@pass/domain/days.ts'
import type { Ctx } from '../../platform/context.ts'
import { csv } from '../../platform/tableur/write-table.ts'
import { getCouvertureFonds, type Periode } from './couverture-fonds.ts'
import { requireConvention, toTransfer, type TransferFilter, transferRows } from './queries.ts'

/** Lines of one file; a longer period is asked for in several. */
const MOST = 50_000

/** An amount as a French spreadsheet adds it up: `1234,50`. */
const amount = (centimes: number): string => {
  const digits = String(Math.abs(centimes)).padStart(3, '0')
  return `${centimes < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}

const fileOf = (nom: string, rows: readonly (readonly string[])[]): FileAnswer => ({
  nom,
  type: 'text/csv; charset=utf-8',
  contenu: async () => csv(rows),
})

/** The lines on screen, in the order of the books: the first one first. */
export const exportTransfers = async (ctx: Ctx, filter: TransferFilter): Promise<FileAnswer> => {
  const { reference } = await requireConvention(ctx, filter.conventionId)
  const rows = await transferRows(ctx, filter, { before: null, most: MOST })
  const lines = rows.map(toTransfer).toReversed()
  return fileOf(`ecritures-${reference}-${ctx.today}.csv`, [
    ['Numéro', 'Date', 'Motif', 'De', 'Vers', 'Montant (€)'],
    ...lines.map((line) => [
      line.cle,
      formatInstant(new Date(line.at), PARIS),
      line.motif,
      line.de,
      line.vers,
      amount(line.montantCentimes),
    ]),
  ])
}

/** The coverage on screen, every day of it. */
export const exportCouvertureFonds = async (ctx: Ctx, periode: Periode): Promise<FileAnswer> => {
  const { convention, jours } = await getCouvertureFonds(ctx, periode)
  return fileOf(`couverture-${convention.reference}-${ctx.today}.csv`, [
    [
      'Jour',
      'Fonds reçus (€)',
      'Pass activés (€)',
      'Pass utilisés (€)',
      'Pass payés (€)',
      'Pass annulés ou expirés (€)',
      'Reste couvert (€)',
      'Pass en circulation (€)',
    ],
    ...jours.map(({ jour, recu, active, utilise, paye, annule, reste, enCirculation }) => [
      formatDay(jour),
      ...[recu, active, utilise, paye, annule, reste, enCirculation].map(amount),
    ]),
  ])
}
