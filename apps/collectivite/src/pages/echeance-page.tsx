import { echeanceRoutes } from '@pass/contracts/echeances.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { EcheanceSheet } from '@pass/web/modules/echeances/echeance-sheet.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { getEcheance } = echeanceRoutes

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ echeance: apiQuery(getEcheance, { params: paramsOf(getEcheance, params) }) })

export const Component = () => {
  const { echeance } = useWarmed<typeof loader>()
  return <EcheanceSheet key={echeance.lotId} echeance={echeance} paths={paths} />
}
