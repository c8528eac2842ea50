import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { AppelsPage } from '@pass/web/modules/financement/appels-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(financementRoutes.listAppels, { query: queryFrom(financementRoutes.listAppels, request) }) })

const INTRO = 'Ce que vous demandez à chaque financeur, sur les pass utilisés. Un appel se prépare depuis le financement de sa convention.'
const VIDE = 'Effacez les filtres, ou ouvrez le financement d’une convention pour préparer un appel.'

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return <AppelsPage page={page} paths={paths} intro={INTRO} vide={VIDE} />
}
