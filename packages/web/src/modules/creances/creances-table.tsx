import type { CreanceSummary } from '@pass/contracts/creances.ts'
import { CREANCE_LABELS } from '@pass/domain/creances.ts'
import { parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Filters, FilterSelect } from '../../ui/filters.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { optionsOf } from '../../ui/select-field.tsx'
import { Euros, Jour } from '../../ui/values.tsx'
import { CreanceBadge } from './creance-badge.ts'

const STRUCTURE: Column<CreanceSummary> = { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom }

const columns = (avecStructure: boolean): Column<CreanceSummary>[] => [
  { cle: 'reference', titre: 'Créance', cell: (row) => row.reference, code: true },
  { cle: 'statut', titre: 'Statut', cell: (row) => <CreanceBadge statut={row.statut} /> },
  ...(avecStructure ? [STRUCTURE] : []),
  { cle: 'ancien', titre: 'Ancien opérateur', cell: (row) => row.ancienOperateur },
  { cle: 'pass', titre: 'Pass', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Déclaré', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  {
    cle: 'retenu',
    titre: 'Retenu',
    cell: (row) => (row.retenuCentimes === null ? <span className="doux">À décider</span> : <Euros centimes={row.retenuCentimes} />),
    align: 'droite',
  },
  { cle: 'date', titre: 'Déclarée le', cell: (row) => <Jour date={parisDay(new Date(row.declareeAt))} /> },
]

type Props = {
  page: { items: readonly CreanceSummary[]; suivant: string | null; total: number | null }
  rowLink: (row: CreanceSummary) => string
  avecStructure?: boolean
  empty: ReactNode
}

/** The register of claims: of all the structures for the operator, of one's own for a structure. */
export const CreancesTable = ({ page, rowLink, avecStructure = false, empty }: Props) => (
  <DataTable
    caption={plural(page.total ?? page.items.length, 'créance')}
    rows={page.items}
    rowKey={(row) => row.id}
    rowLink={rowLink}
    columns={columns(avecStructure)}
    filters={
      <Filters>
        <FilterSelect name="statut" label="Statut" vide="Toutes" options={optionsOf(CREANCE_LABELS)} />
      </Filters>
    }
    empty={empty}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
