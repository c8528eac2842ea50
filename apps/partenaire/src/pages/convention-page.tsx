import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionPage } from '@pass/web/modules/conventions/convention-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    convention: apiQuery(conventionRoutes.getConvention, { params: paramsOf(conventionRoutes.getConvention, params) }),
    versions: apiQuery(conventionVersionRoutes.listVersions, { params: paramsOf(conventionRoutes.getConvention, params) }),
    devoirs: apiQuery(conventionVersionRoutes.listDevoirs, { params: paramsOf(conventionRoutes.getConvention, params) }),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  })

export const Component = () => {
  const { convention, versions, devoirs, departements } = useWarmed<typeof loader>()
  return (
    <ConventionPage
      convention={convention}
      versions={versions.items}
      devoirs={devoirs.items}
      departements={departements.items}
      paths={paths}
    />
  )
}
