import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { AppelsPage } from '@pass/web/modules/financement/appels-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(financementRoutes.listAppels, { query: queryFrom(financementRoutes.listAppels, request) }) })

const INTRO = 'Ce que les collectivités demandent à leurs financeurs, sur les pass que vous avez clôturés.'
const VIDE = 'Effacez les filtres. Les appels des collectivités paraîtront ici.'

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return <AppelsPage page={page} paths={paths} intro={INTRO} vide={VIDE} avecCollectivite />
}
