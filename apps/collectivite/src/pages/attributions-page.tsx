import { type Attribution, carnetRoutes } from '@pass/contracts/carnets.ts'
import { ACCUSE_RELANCE_JOURS, ATTRIBUTION_LABELS } from '@pass/domain/attributions.ts'
import { dayDiff, parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { Plage } from '@pass/web/modules/carnets/plage.tsx'
import { today } from '@pass/web/session.tsx'
import { Badge, statutBadge } from '@pass/web/ui/badge.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { BellRing } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(carnetRoutes.listAttributions, { query: queryFrom(carnetRoutes.listAttributions, request) }) })

const AttributionBadge = statutBadge(ATTRIBUTION_LABELS, { envoyee: 'info', accusee: 'bien', annulee: 'neutre' })

const day = (at: string) => parisDay(new Date(at))

/** Where the parcel is; nobody said that it arrived: after seven days somebody should call (ux.md A15). */
const State = ({ statut, envoyeeAt, accuseeAt }: Attribution) => {
  const days = dayDiff(day(envoyeeAt), today())
  if (statut === 'envoyee' && days > ACCUSE_RELANCE_JOURS)
    return (
      <>
        <Badge tone="attente" icon={BellRing}>
          En route depuis {plural(days, 'jour')}
        </Badge>
        <span className="petit doux sous">Rappelez le prescripteur.</span>
      </>
    )
  return (
    <>
      <AttributionBadge statut={statut} />
      {accuseeAt && (
        <span className="petit doux sous">
          le <Jour date={day(accuseeAt)} />
        </span>
      )}
    </>
  )
}

const COLUMNS: Column<Attribution>[] = [
  { cle: 'reference', titre: 'Attribution', cell: (row) => row.reference, code: true },
  { cle: 'prescripteur', titre: 'Prescripteur', cell: (row) => row.prescripteur.nom },
  { cle: 'plage', titre: 'Numéros', cell: (row) => <Plage premiere={row.seriePremiere} derniere={row.serieDerniere} /> },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'envoyee', titre: 'Envoyée le', cell: (row) => <Jour date={day(row.envoyeeAt)} /> },
  { cle: 'statut', titre: 'Réception', cell: (row) => <State {...row} /> },
]

const ALLOCATE = <LinkButton to={paths.attribuer()}>Attribuer des carnets</LinkButton>

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Attributions"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.stock(), label: 'Stock et attributions' },
      ]}
      intro="Vous répondez des carnets tant que leur réception n’est pas confirmée."
      actions={ALLOCATE}
    >
      <DataTable
        caption={plural(page.total ?? page.items.length, 'attribution')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.carnets({ prescripteurId: row.prescripteur.id })}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={optionsOf(ATTRIBUTION_LABELS)} />
          </Filters>
        }
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
