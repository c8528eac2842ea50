import { creanceRoutes } from '@pass/contracts/creances.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CreancesTable } from '@pass/web/modules/creances/creances-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { listCreances } = creanceRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listCreances, { query: queryFrom(listCreances, request) }) })

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Registre des créances"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les pass qu’un ancien opérateur n’a jamais payés aux lieux : une personne examine, une autre décide, une troisième paie."
    >
      <CreancesTable
        page={page}
        avecStructure
        rowLink={({ id }) => paths.creance({ creanceId: id })}
        empty={
          <EmptyState titre="Aucune créance ici">
            Les structures les déclarent, une fois les carnets de l’ancien opérateur repris.
          </EmptyState>
        }
      />
    </Page>
  )
}
