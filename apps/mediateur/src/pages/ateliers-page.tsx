import type { AtelierSummary } from '@pass/contracts/ateliers.ts'
import { ATELIER_LABELS } from '@pass/domain/ateliers.ts'
import { formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterDate, Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { Plus } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { listAteliers } from '../calls.ts'
import { paths } from '../paths.ts'
import { AtelierBadge } from '../widgets/atelier-badge.tsx'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listAteliers, { query: queryFrom(listAteliers, request) }) })

const COLUMNS: readonly Column<AtelierSummary>[] = [
  {
    cle: 'date',
    titre: 'Atelier',
    cell: (row) => (
      <span className="insecable">
        <Jour date={row.date} /> à {formatTime(row.debut)}
      </span>
    ),
  },
  { cle: 'theme', titre: 'Thème', cell: (row) => THEME_LABELS[row.theme] },
  { cle: 'lieu', titre: 'Lieu', cell: (row) => row.lieu.nom },
  { cle: 'places', titre: 'Places prises', cell: (row) => `${row.placesPrises} sur ${row.capacite}`, align: 'droite' },
  { cle: 'pass', titre: 'Pass utilisés', cell: (row) => formatNumber(row.passUtilises), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: (row) => <AtelierBadge statut={row.statut} /> },
]

const New = () => (
  <LinkButton to={paths.nouvelAtelier()} icon={Plus}>
    Nouvel atelier
  </LinkButton>
)

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page titre="Ateliers" fil={[{ to: paths.journee(), label: 'Ma journée' }]} actions={<New />}>
      <DataTable
        caption={page.total === null ? 'Ateliers' : plural(page.total, 'atelier')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.atelier({ atelierId: row.id })}
        columns={COLUMNS}
        filters={
          <Filters>
            <FilterDate name="du" label="Du" />
            <FilterDate name="au" label="Au" />
            <FilterSelect name="statut" label="Statut" options={optionsOf(ATELIER_LABELS)} />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucun atelier" action={<New />}>
            Les ateliers de votre structure paraissent ici.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
