import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { VersionBadge } from '@pass/web/modules/conventions/version-badge.tsx'
import { VersionPdf, VersionSheet } from '@pass/web/modules/conventions/version-sheet.tsx'
import { VersionSignatures } from '@pass/web/modules/conventions/version-signatures.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { getVersion } = conventionVersionRoutes

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    version: apiQuery(getVersion, { params: paramsOf(getVersion, params) }),
  })

export const Component = () => {
  const { version } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
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
      {done && (
        <Notice tone="bien" live="status">
          {done}
        </Notice>
      )}
      <VersionSheet
        version={version}

        agir={<VersionSignatures version={version} onSigned={(_, { nom }) => setDone(`Signature enregistrée : ${nom}.`)} />}
      />
    </Page>
  )
}
