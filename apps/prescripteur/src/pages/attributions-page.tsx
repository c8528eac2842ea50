import type { Attribution } from '@pass/contracts/carnets.ts'
import { ATTRIBUTION_LABELS, ATTRIBUTION_SENS_LABELS } from '@pass/domain/attributions.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { AcknowledgeAttribution } from '@pass/web/modules/attributions/attribution-acts.tsx'
import { AttributionRanges } from '@pass/web/modules/attributions/attribution-ranges.tsx'
import { AttributionState, dayOf } from '@pass/web/modules/attributions/attribution-state.tsx'
import { AttributionWay } from '@pass/web/modules/attributions/attribution-way.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { listAttributions } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listAttributions, { query: queryFrom(listAttributions, request) }) })

const columns = (onDone: (fact: string) => void): readonly Column<Attribution>[] => [
  { cle: 'reference', titre: 'Attribution', cell: (row) => row.reference, code: true },
  { cle: 'trajet', titre: 'Envoi', cell: (row) => <AttributionWay attribution={row} /> },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'series', titre: 'Numéros', cell: (row) => <AttributionRanges attribution={row} court /> },
  { cle: 'envoi', titre: 'Envoyée le', cell: (row) => <Jour date={dayOf(row.envoyeeAt)} /> },
  {
    cle: 'action',
    titre: 'Réception',
    cell: (row) =>
      row.statut === 'envoyee' && row.position === 'destinataire' ? (
        <AcknowledgeAttribution attribution={row} onDone={onDone} />
      ) : (
        <AttributionState attribution={row} />
      ),
  },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  return (
    <Page
      titre="Attributions"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les carnets que vous recevez et que vous envoyez. Confirmez la réception avant de les remettre."
      actions={
        <LinkButton to={paths.envoyer()} variant="second">
          Envoyer ou retourner
        </LinkButton>
      }
    >
      {done && (
        <Notice tone="bien" live="status">
          {done} <Link to={paths.remettre()}>Remettre un carnet</Link>
        </Notice>
      )}
      <DataTable
        caption={page.total === null ? 'Attributions' : plural(page.total, 'attribution')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.attribution({ attributionId: row.id })}
        columns={columns(setDone)}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={optionsOf(ATTRIBUTION_LABELS)} vide="Toutes" />
            <FilterSelect name="sens" label="Nature" options={optionsOf(ATTRIBUTION_SENS_LABELS)} vide="Toutes" />
          </Filters>
        }
        empty={
          <EmptyState
            titre="Aucune attribution"
            action={
              <LinkButton variant="second" to={paths.stock()}>
                Voir mon stock
              </LinkButton>
            }
          >
            Quand la collectivité vous enverra des carnets, vous confirmerez leur réception ici.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
