import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CommandesExport, CommandesTable } from '@pass/web/modules/commandes/commandes-table.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    page: apiQuery(commandeRoutes.listCommandes, { query: queryFrom(commandeRoutes.listCommandes, request) }),
    conventions: apiQuery(conventionRoutes.listConventions, { query: { taille: 100 } }),
  })

const ORDER = <LinkButton to={paths.commander()}>Commander des carnets</LinkButton>

const Actions = () => (
  <>
    <CommandesExport />
    {ORDER}
  </>
)

export const Component = () => {
  const { page, conventions } = useWarmed<typeof loader>()
  return (
    <Page titre="Commandes" fil={[{ to: paths.accueil(), label: 'Accueil' }]} actions={<Actions />}>
      <CommandesTable
        page={page}
        rowLink={({ id }) => paths.commande({ commandeId: id })}
        conventions={conventions.items}
        empty={
          <EmptyState titre="Aucune commande ici" action={ORDER}>
            Vos commandes paraîtront ici, avec leur étape et à qui le tour.
          </EmptyState>
        }
      />
    </Page>
  )
}
