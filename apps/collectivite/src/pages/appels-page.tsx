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
    <Page
      titre="Appels de fonds"
      fil={FIL}
      intro="Ce que vous demandez à chaque financeur, sur les pass utilisés. Un appel se prépare depuis le financement de sa convention."
    >
      <AppelsTable
        page={page}

        rowLink={({ id }) => paths.appel({ appelId: id })}
        empty={
          <EmptyState titre="Aucun appel ici">
            Effacez les filtres, ou ouvrez le financement d’une convention pour préparer un appel.
          </EmptyState>
        }
      />
    </Page>
  )
}
