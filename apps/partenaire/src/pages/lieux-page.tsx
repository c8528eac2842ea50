import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { LieuxTable } from '@pass/web/modules/lieux/lieux-table.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    page: apiQuery(lieuRoutes.listLieux, { query: queryFrom(lieuRoutes.listLieux, request) }),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  })

export const Component = () => {
  const { page, departements } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Lieux"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les lieux de médiation qui acceptent le Pass numérique, avec leurs services et leurs horaires."
    >
      <LieuxTable page={page} departements={departements.items} />
    </Page>
  )
}
