import { livreRoutes } from '@pass/contracts/livres.ts'
import { apiQuery, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CouverturePage } from '@pass/web/modules/comptes/couverture-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request, params }: LoaderFunctionArgs) =>
  warm({
    couverture: apiQuery(livreRoutes.getCouvertureFonds, {
      params: paramsOf(livreRoutes.getCouvertureFonds, params),
      query: queryFrom(livreRoutes.getCouvertureFonds, request),
    }),
  })

export const Component = () => {
  const { couverture } = useWarmed<typeof loader>()
  return <CouverturePage couverture={couverture} paths={paths} />
}
