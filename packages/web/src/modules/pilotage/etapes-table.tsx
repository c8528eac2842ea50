import type { Figure } from '@pass/domain/figures.ts'
import { formatNumber } from '@pass/domain/money.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Euros } from '../../ui/values.tsx'
import { ETAPE_LABELS, type EtapeCode } from './etapes.ts'

const COLUMNS: Column<Figure>[] = [
  { cle: 'etape', titre: 'Étape', cell: (row) => ETAPE_LABELS[row.etape] },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => (row.carnets === null ? '' : formatNumber(row.carnets)), align: 'droite' },
  { cle: 'pass', titre: 'Pass', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'euros', titre: 'Euros', cell: (row) => <Euros centimes={row.centimes} />, align: 'droite' },
]

/** The funnel as a table: the twin of the drawing, to the centime. */
export const EtapesTable = ({ etapes, to }: { etapes: readonly Figure[]; to?: (etape: EtapeCode) => string }) => (
  <DataTable
    caption="Les mêmes chiffres, étape par étape. Pour les pass utilisés et remboursés, les carnets comptés sont ceux d’où ils viennent."
    rows={etapes}
    rowKey={(row) => row.etape}
    {...(to && { rowLink: (row: Figure) => to(row.etape) })}
    columns={COLUMNS}
    empty={<p className="vide doux">Aucun chiffre pour l’instant.</p>}
  />
)
