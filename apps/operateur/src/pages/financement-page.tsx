import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { FinancementPage } from '@pass/web/modules/financement/financement-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params, request }: LoaderFunctionArgs) => {
  const { conventionId } = paramsOf(financementRoutes.listParts, params)
  return warm({
    financements: apiQuery(financementRoutes.listFinancements, { query: { conventionId } }),
    parts: apiQuery(financementRoutes.listParts, { params: { conventionId }, query: queryFrom(financementRoutes.listParts, request) }),
  })
}

export const Component = () => {
  const { financements, parts } = useWarmed<typeof loader>()
  const [financement] = financements.items
  return financement ? <FinancementPage financement={financement} parts={parts} paths={paths} /> : null
}
