import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { AttributionPage } from '@pass/web/modules/attributions/attribution-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { getAttribution } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ attribution: apiQuery(getAttribution, { params: paramsOf(getAttribution, params) }) })

export const Component = () => {
  const { attribution } = useWarmed<typeof loader>()
  return <AttributionPage attribution={attribution} paths={paths} />
}
