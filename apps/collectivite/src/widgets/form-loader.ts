import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { apiQuery, paramsOf } from '@pass/web/api.ts'
import type { LoaderFunctionArgs } from 'react-router'

const { listConventionLieux, listConventionLots } = conventionVersionRoutes

/** What a form of rules is filled from: the convention, its lieux by name, its lots, and the départements. */
export const formQueries = ({ params }: LoaderFunctionArgs) => {
  const which = { params: { conventionId: paramsOf(conventionRoutes.getConvention, { conventionId: params.conventionId }).conventionId } }
  return {
    convention: apiQuery(conventionRoutes.getConvention, which),
    lieux: apiQuery(listConventionLieux, which),
    lots: apiQuery(listConventionLots, which),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  }
}
