import { creanceRoutes } from '@pass/contracts/creances.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CreancesTable } from '@pass/web/modules/creances/creances-table.tsx'
import { useCan } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { listCreances } = creanceRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listCreances, { query: queryFrom(listCreances, request) }) })

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const declare = useCan()('creance:declare') && <LinkButton to={paths.declarerCreance()}>Déclarer des pass impayés</LinkButton>
  return (
    <Page
      titre="Pass impayés d’un ancien opérateur"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.virements(), label: 'Virements' },
      ]}
      intro="Des pass que votre structure a acceptés et qu’un opérateur disparu n’a jamais payés."
      actions={declare}
    >
      <CreancesTable
        page={page}
        rowLink={({ id }) => paths.creance({ creanceId: id })}
        empty={
          <EmptyState titre="Aucune créance" action={declare}>
            La personne responsable de la structure déclare les pass, avec la preuve des ateliers.
          </EmptyState>
        }
      />
    </Page>
  )
}
