import type { ConventionSummary } from '@pass/contracts/conventions.ts'
import { CONVENTION_LABELS } from '@pass/domain/conventions.ts'
import { euros, plural } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FilterSelect, Filters } from '../../ui/filters.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { optionsOf } from '../../ui/select-field.tsx'
import { Euros, Jour } from '../../ui/values.tsx'
import { ConventionBadge } from './convention-badge.tsx'

type Page = { items: readonly ConventionSummary[]; suivant: string | null; total: number | null }
type Props = {
  page: Page
  rowLink: (row: ConventionSummary) => string
  /** Whose convention: useless to the collectivité itself. */
  avecCollectivite?: boolean
  /** Filters those where amounts withheld wait for an avoir: the operator's. */
  avecRetenues?: boolean
  empty: ReactNode
}

const columnsOf = (avecCollectivite: boolean): Column<ConventionSummary>[] => [
  { cle: 'reference', titre: 'Convention', cell: (row) => row.reference, code: true },
  { cle: 'nom', titre: 'Nom', cell: (row) => row.nom },
  ...(avecCollectivite ? [{ cle: 'collectivite', titre: 'Collectivité', cell: (row: ConventionSummary) => row.collectivite.nom }] : []),
  {
    cle: 'periode',
    titre: 'Période',
    cell: (row) => (
      <>
        <Jour date={row.dateDebut} /> au <Jour date={row.dateFin} />
      </>
    ),
  },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: (row) => <ConventionBadge statut={row.statut} /> },
]

// A sum is said only when every row it adds up is on screen.
const captionOf = ({ items, suivant, total }: Page): string => {
  const count = plural(total ?? items.length, 'convention')
  if (suivant !== null || items.length !== (total ?? items.length)) return count
  return `${count}, ${euros(items.reduce((sum, row) => sum + row.montantCentimes, 0))}`
}

/** Conventions in reach, filtered by statut. */
export const ConventionsTable = ({ page, rowLink, avecCollectivite = false, avecRetenues = false, empty }: Props) => (
  <DataTable
    caption={captionOf(page)}
    rows={page.items}
    rowKey={(row) => row.id}
    rowLink={rowLink}
    filters={
      <Filters>
        <FilterSelect name="statut" label="Statut" options={optionsOf(CONVENTION_LABELS)} />
        {avecRetenues && (
          <FilterSelect name="aCrediter" label="Retenues" vide="Toutes" options={[{ value: 'true', label: 'À rendre par un avoir' }]} />
        )}
      </Filters>
    }
    columns={columnsOf(avecCollectivite)}
    empty={empty}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
