import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { DevoirsTable } from '@pass/web/modules/conventions/devoirs-table.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) => {
  const which = { params: paramsOf(conventionRoutes.getConvention, params) }
  return warm({
    convention: apiQuery(conventionRoutes.getConvention, which),
    devoirs: apiQuery(conventionVersionRoutes.listDevoirs, which),
  })
}

export const Component = () => {
  const { convention, devoirs } = useWarmed<typeof loader>()
  return (
    <Page
      titre={`Calendrier de ${convention.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
        { to: paths.convention({ conventionId: convention.id }), label: convention.reference },
      ]}
      intro="Dates calculées à partir des règles de la convention et de la fin de validité de chaque lot."
    >
      <DevoirsTable devoirs={devoirs.items} />
    </Page>
  )
}
