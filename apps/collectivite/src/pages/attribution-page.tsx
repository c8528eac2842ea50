import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { AttributionPage } from '@pass/web/modules/attributions/attribution-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ attribution: apiQuery(attributionRoutes.getAttribution, { params: paramsOf(attributionRoutes.getAttribution, params) }) })

export const Component = () => {
  const { attribution } = useWarmed<typeof loader>()
  return <AttributionPage attribution={attribution} paths={paths} />
}
