import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { type Attribution, carnetRoutes } from '@pass/contracts/carnets.ts'
import { ATTRIBUTION_LABELS, ATTRIBUTION_SENS_LABELS } from '@pass/domain/attributions.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { AttributionRanges } from '@pass/web/modules/attributions/attribution-ranges.tsx'
import { AttributionState, dayOf } from '@pass/web/modules/attributions/attribution-state.tsx'
import { AttributionWay } from '@pass/web/modules/attributions/attribution-way.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { ExportLink } from '@pass/web/ui/file-link.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'

const { listAttributions } = carnetRoutes
const { exportAttributions } = attributionRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listAttributions, { query: queryFrom(listAttributions, request) }) })

const COLUMNS: Column<Attribution>[] = [
  { cle: 'reference', titre: 'Attribution', cell: (row) => row.reference, code: true },
  { cle: 'trajet', titre: 'Envoi', cell: (row) => <AttributionWay attribution={row} /> },
  { cle: 'plage', titre: 'Numéros', cell: (row) => <AttributionRanges attribution={row} court /> },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'envoyee', titre: 'Envoyée le', cell: (row) => <Jour date={dayOf(row.envoyeeAt)} /> },
  { cle: 'statut', titre: 'Réception', cell: (row) => <AttributionState attribution={row} /> },
]

const ALLOCATE = <LinkButton to={paths.attribuer()}>Attribuer des carnets</LinkButton>

/** What is on screen, under the same filters. */
const useExportUrl = () => {
  const [search] = useSearchParams()
  const filters = new URLSearchParams([...search].filter(([name]) => Object.hasOwn(exportAttributions.query.shape, name)))
  const query = filters.toString()
  return `${fileUrl(exportAttributions, {})}${query && `?${query}`}`
}

const AttributionFilters = () => (
  <Filters>
    <FilterSelect name="statut" label="Statut" options={optionsOf(ATTRIBUTION_LABELS)} />
    <FilterSelect name="sens" label="Nature" vide="Toutes" options={optionsOf(ATTRIBUTION_SENS_LABELS)} />
    <FilterSelect name="enRetard" label="Réception" vide="Toutes" options={[{ value: 'true', label: 'En retard de plus de 7 jours' }]} />
  </Filters>
)

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const exportUrl = useExportUrl()
  return (
    <Page
      titre="Attributions"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.stock(), label: 'Stock et attributions' },
      ]}
      intro="Qui envoie répond des carnets tant que leur réception n’est pas confirmée."
      actions={
        <ButtonRow>
          <ExportLink href={exportUrl} />
          <LinkButton to={paths.transferer()} variant="second">
            Transférer ou faire revenir
          </LinkButton>
          {ALLOCATE}
        </ButtonRow>
      }
    >
      <DataTable
        caption={plural(page.total ?? page.items.length, 'attribution')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.attribution({ attributionId: row.id })}
        filters={<AttributionFilters />}
        columns={COLUMNS}
        empty={
          <EmptyState titre="Aucune attribution ici" action={ALLOCATE}>
            Les carnets envoyés aux prescripteurs paraîtront ici.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
