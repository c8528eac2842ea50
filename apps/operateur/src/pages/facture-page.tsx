import { factureRoutes } from '@pass/contracts/factures.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { FacturePage } from '@pass/web/modules/factures/facture-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ facture: apiQuery(factureRoutes.getFacture, { params: paramsOf(factureRoutes.getFacture, params) }) })

export const Component = () => {
  const { facture } = useWarmed<typeof loader>()
  return <FacturePage key={facture.id} facture={facture} paths={paths} />
}
