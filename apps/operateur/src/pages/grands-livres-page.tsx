import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionsTable } from '@pass/web/modules/conventions/conventions-table.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(conventionRoutes.listConventions, { query: queryFrom(conventionRoutes.listConventions, request) }) })

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Grand livre"
      intro="Un grand livre par convention. Choisissez la convention : la somme de ses soldes est toujours nulle."
      actions={
        <ButtonRow>
          <LinkButton variant="second" to={paths.moisComptables()}>
            Mois comptables
          </LinkButton>
          <LinkButton variant="second" to={paths.controles()}>
            Contrôles
          </LinkButton>
        </ButtonRow>
      }
    >
      <ConventionsTable
        page={page}
        avecCollectivite
        rowLink={({ id }) => paths.grandLivre({ conventionId: id })}
        empty={<EmptyState titre="Aucune convention">Le grand livre s’ouvre avec la première convention.</EmptyState>}
      />
    </Page>
  )
}
