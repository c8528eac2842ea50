import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { AppelsPage } from '@pass/web/modules/financement/appels-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(financementRoutes.listAppels, { query: queryFrom(financementRoutes.listAppels, request) }) })

const INTRO = 'Ce que les collectivités vous demandent, sur les pass utilisés, avec les preuves.'
const VIDE = 'Les appels de fonds qui vous sont adressés paraîtront ici dès leur envoi.'

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return <AppelsPage page={page} paths={paths} intro={INTRO} vide={VIDE} avecCollectivite />
}
