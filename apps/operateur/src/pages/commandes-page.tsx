import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CommandesExport, CommandesTable } from '@pass/web/modules/commandes/commandes-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    page: apiQuery(commandeRoutes.listCommandes, { query: queryFrom(commandeRoutes.listCommandes, request) }),
    conventions: apiQuery(conventionRoutes.listConventions, { query: { taille: 100 } }),
  })

export const Component = () => {
  const { page, conventions } = useWarmed<typeof loader>()
  return (
    <Page titre="Commandes" intro="Les commandes de carnets que les collectivités vous ont confiées." actions={<CommandesExport />}>
      <CommandesTable
        page={page}
        avecCollectivite
        rowLink={({ id }) => paths.commande({ commandeId: id })}
        conventions={conventions.items.map(({ id, nom, collectivite }) => ({ id, nom: `${nom} (${collectivite.nom})` }))}
        empty={
          <EmptyState titre="Aucune commande ici">
            Effacez les filtres. Une commande paraît ici dès qu’une collectivité demande un devis.
          </EmptyState>
        }
      />
    </Page>
  )
}
