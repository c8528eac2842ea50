import { factureRoutes } from '@pass/contracts/factures.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { FacturesTable } from '@pass/web/modules/factures/factures-table.tsx'
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
      intro="Ce que vous avez facturé aux collectivités, et les avoirs. Une facture s’établit sur sa commande."
    >
      <FacturesTable
        page={page}
        avecCollectivite
        rowLink={({ id }) => paths.facture({ factureId: id })}
        empty={
          <EmptyState titre="Aucune facture ici">
            Effacez les filtres. La facture d’une commande s’établit à partir de sa production.
          </EmptyState>
        }
      />
    </Page>
  )
}
