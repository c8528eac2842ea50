import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { FinancementsTable } from '@pass/web/modules/financement/financements-table.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(financementRoutes.listFinancements, { query: queryFrom(financementRoutes.listFinancements, request) }) })

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Financement"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Votre part des pass utilisés, convention par convention, et ce qui vous a été appelé."
      actions={
        <LinkButton variant="second" to={paths.appels()}>
          Appels de fonds
        </LinkButton>
      }
    >
      <FinancementsTable
        page={page}
        avecCollectivite
        montant="Votre part"
        rowLink={({ convention }) => paths.financement({ conventionId: convention.id })}
        empty={
          <EmptyState titre="Aucune convention ici">
            Une convention paraît ici une fois signée. Ses pass utilisés sont partagés à chaque clôture.
          </EmptyState>
        }
      />
    </Page>
  )
}
