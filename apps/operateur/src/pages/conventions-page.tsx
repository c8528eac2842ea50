import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionsTable } from '@pass/web/modules/conventions/conventions-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(conventionRoutes.listConventions, { query: queryFrom(conventionRoutes.listConventions, request) }) })

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page titre="Conventions" intro="Les conventions dont vous êtes l’opérateur.">
      <ConventionsTable
        page={page}
        avecCollectivite
        avecRetenues
        rowLink={({ id }) => paths.convention({ conventionId: id })}
        empty={
          <EmptyState titre="Aucune convention ici">
            Effacez les filtres. Une convention paraît ici dès qu’une collectivité vous choisit.
          </EmptyState>
        }
      />
    </Page>
  )
}
