import { echeanceRoutes } from '@pass/contracts/echeances.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { EcheancesTable } from '@pass/web/modules/echeances/echeances-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(echeanceRoutes.listEcheances, { query: queryFrom(echeanceRoutes.listEcheances, request) }) })

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Échéances"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="La fin de validité de chaque lot : ce qui vient ensuite, et qui doit agir."
    >
      <EcheancesTable
        page={page}
        avecCollectivite
        rowLink={({ lotId }) => paths.echeance({ lotId })}
        empty={
          <EmptyState titre="Aucun lot ici">
            Effacez les filtres. Un lot apparaît dès que ses carnets sont produits&nbsp;; la première alerte vient 30 jours avant sa fin.
          </EmptyState>
        }
      />
    </Page>
  )
}
