import { factureRoutes } from '@pass/contracts/factures.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { FacturesTable } from '@pass/web/modules/factures/factures-table.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(factureRoutes.listFactures, { query: queryFrom(factureRoutes.listFactures, request) }) })

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Factures"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les factures et les avoirs de vos commandes, et ce qu’ils deviennent."
      actions={
        <LinkButton variant="second" to={paths.facturation()}>
          Références demandées
        </LinkButton>
      }
    >
      <FacturesTable
        page={page}
        rowLink={({ id }) => paths.facture({ factureId: id })}
        empty={
          <EmptyState titre="Aucune facture ici">
            L’opérateur établit la facture d’une commande à partir de la production. Elle paraîtra ici.
          </EmptyState>
        }
      />
    </Page>
  )
}
