import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { AppelsTable } from '@pass/web/modules/financement/appels-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(financementRoutes.listAppels, { query: queryFrom(financementRoutes.listAppels, request) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.financements(), label: 'Financement' },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page titre="Appels de fonds" fil={FIL} intro="Ce que les collectivités vous demandent, sur les pass utilisés, avec les preuves.">
      <AppelsTable
        page={page}
        avecCollectivite
        rowLink={({ id }) => paths.appel({ appelId: id })}
        empty={<EmptyState titre="Aucun appel ici">Les appels de fonds qui vous sont adressés paraîtront ici dès leur envoi.</EmptyState>}
      />
    </Page>
  )
}
