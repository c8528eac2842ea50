import { type BordereauSummary, bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { BORDEREAU_LABELS } from '@pass/domain/bordereaux.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { useCan } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { CalendarCheck2 } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { BordereauBadge } from '../widgets/bordereau-badge.tsx'
import { monthOptions } from '../widgets/months.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(bordereauRoutes.listBordereaux, { query: queryFrom(bordereauRoutes.listBordereaux, request) }) })

type List = { items: readonly BordereauSummary[]; suivant: string | null; total: number | null }

// A sum is said only when every row it adds up is on screen.
const captionOf = ({ items, suivant, total }: List): string => {
  const count = plural(total ?? items.length, 'bordereau', 'bordereaux')
  if (suivant !== null || items.length !== (total ?? items.length)) return count
  return `${count}, ${euros(items.reduce((sum, row) => sum + row.montantCentimes, 0))}`
}

const COLUMNS: readonly Column<BordereauSummary>[] = [
  { cle: 'reference', titre: 'Bordereau', cell: (row) => row.reference, code: true },
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom },
  { cle: 'mois', titre: 'Mois', cell: (row) => formatMonth(row.mois) },
  { cle: 'pass', titre: 'Pass à rembourser', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: (row) => <BordereauBadge statut={row.statut} /> },
  { cle: 'paye', titre: 'Payé le', cell: (row) => <Jour date={row.datePaiement} /> },
]

const CloseLink = () => {
  const can = useCan()
  if (!can('bordereau:close')) return null
  return (
    <LinkButton icon={CalendarCheck2} to={paths.remboursements()}>
      Arrêter un mois
    </LinkButton>
  )
}

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page titre="Bordereaux" intro="Ce qui est remboursé aux structures, mois par mois." actions={<CloseLink />}>
      <DataTable
        caption={captionOf(page)}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={({ id }) => paths.bordereau({ bordereauId: id })}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={optionsOf(BORDEREAU_LABELS)} />
            <FilterSelect name="mois" label="Mois" options={monthOptions()} />
          </Filters>
        }
        columns={COLUMNS}
        empty={
          <EmptyState titre="Aucun bordereau ici" action={<CloseLink />}>
            Effacez les filtres. Un bordereau par structure paraît ici quand un mois est arrêté.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
