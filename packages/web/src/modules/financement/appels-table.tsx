import type { AppelSummary } from '@pass/contracts/financement.ts'
import { APPEL_LABELS, periodeLabel } from '@pass/domain/financement.ts'
import { plural, pluralPass } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FilterSelect, Filters } from '../../ui/filters.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { optionsOf } from '../../ui/select-field.tsx'
import { Euros } from '../../ui/values.tsx'
import { AppelBadge } from './appel-badge.tsx'

type Props = {
  page: { items: readonly AppelSummary[]; suivant: string | null; total: number | null }
  rowLink: (row: AppelSummary) => string
  avecCollectivite?: boolean
  empty: ReactNode
}

const columnsOf = (avecCollectivite: boolean): Column<AppelSummary>[] => [
  { cle: 'numero', titre: 'Numéro', cell: ({ numero }) => numero ?? 'À numéroter', code: true },
  ...(avecCollectivite ? [{ cle: 'collectivite', titre: 'Collectivité', cell: (row: AppelSummary) => row.collectivite.nom }] : []),
  { cle: 'financeur', titre: 'Financeur', cell: ({ nom }) => nom },
  { cle: 'convention', titre: 'Convention', cell: ({ convention }) => convention.reference, code: true },
  { cle: 'periode', titre: 'Période', cell: (row) => periodeLabel({ debut: row.periodeDebut, fin: row.periodeFin }) },
  { cle: 'pass', titre: 'Pass utilisés', cell: ({ pass }) => pluralPass(pass), align: 'droite' },
  { cle: 'part', titre: 'Part', cell: ({ partCentimes }) => <Euros centimes={partCentimes} />, align: 'droite' },
  { cle: 'montant', titre: 'Montant appelé', cell: ({ montantCentimes }) => <Euros centimes={montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: ({ statut }) => <AppelBadge statut={statut} /> },
]

/** Calls for funds in reach, by statut. */
export const AppelsTable = ({ page, rowLink, avecCollectivite = false, empty }: Props) => (
  <DataTable
    caption={plural(page.total ?? page.items.length, 'appel de fonds', 'appels de fonds')}
    rows={page.items}
    rowKey={({ id }) => id}
    rowLink={rowLink}
    filters={
      <Filters>
        <FilterSelect name="statut" label="Statut" options={optionsOf(APPEL_LABELS)} />
      </Filters>
    }
    columns={columnsOf(avecCollectivite)}
    empty={empty}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
