import type { Version } from '@pass/contracts/conventions-versions.ts'
import type { ReactNode } from 'react'
import { Page } from '../../ui/page.tsx'
import { VersionBadge } from './version-badge.tsx'
import { VersionPdf, VersionSheet } from './version-sheet.tsx'

type Props = {
  version: Version
  paths: { accueil: () => string; conventions: () => string; convention: (of: { conventionId: string }) => string }
  fait?: string | null
  agir?: ReactNode
}

/** A version of a convention, the first one or an avenant. */
export const VersionPage = ({ version, paths, fait = null, agir }: Props) => {
  const { titre, objet, statut, numero, convention } = version
  const conventionId = convention.id
  return (
    <Page
      titre={titre}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
        { to: paths.convention({ conventionId }), label: convention.reference },
      ]}
      intro={objet}
      badge={<VersionBadge statut={statut} />}
      actions={<VersionPdf conventionId={conventionId} version={numero} />}
      fait={fait}
    >
      <VersionSheet version={version} agir={agir} />
    </Page>
  )
}
