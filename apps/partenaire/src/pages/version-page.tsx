import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { VersionBadge } from '@pass/web/modules/conventions/version-badge.tsx'
import { VersionPdf, VersionSheet } from '@pass/web/modules/conventions/version-sheet.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { getVersion } = conventionVersionRoutes

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    version: apiQuery(getVersion, { params: paramsOf(getVersion, params) }),
  })

export const Component = () => {
  const { version } = useWarmed<typeof loader>()
  const { convention, numero } = version
  const conventionId = convention.id
  return (
    <Page
      titre={version.titre}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
        { to: paths.convention({ conventionId }), label: convention.reference },
      ]}
      intro={version.objet}
      badge={<VersionBadge statut={version.statut} />}
      actions={<VersionPdf conventionId={conventionId} version={numero} />}
    >
      <VersionSheet version={version} />
    </Page>
  )
}
