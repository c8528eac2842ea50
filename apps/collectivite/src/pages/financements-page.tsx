import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { FinancementsPage } from '@pass/web/modules/financement/financements-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(financementRoutes.listFinancements, { query: queryFrom(financementRoutes.listFinancements, request) }) })

const INTRO = 'Qui finance les pass utilisés de vos conventions : part de chaque financeur, appelée, reçue, à appeler.'

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return <FinancementsPage page={page} paths={paths} intro={INTRO} />
}
