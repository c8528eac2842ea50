import type { Convention } from '@pass/contracts/conventions.ts'
import type { DevoirLu, VersionSummary } from '@pass/contracts/conventions-versions.ts'
import type { ReactNode } from 'react'
import { Card } from '../../ui/card.tsx'
import { Page } from '../../ui/page.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { ConventionAmounts } from './convention-amounts.tsx'
import { ConventionBadge } from './convention-badge.tsx'
import { ConventionFinanceurs } from './convention-financeurs.tsx'
import { ConventionParameters } from './convention-parameters.tsx'
import { DevoirsTable, pendingDevoirs } from './devoirs-table.tsx'
import { VersionPdf } from './version-sheet.tsx'
import { VersionsTable } from './versions-table.tsx'

type Props = {
  convention: Convention
  versions: readonly VersionSummary[]
  devoirs: readonly DevoirLu[]
  departements: readonly { code: string; nom: string }[]
  paths: {
    accueil: () => string
    conventions: () => string
    version: (of: { conventionId: string; version: number }) => string
  }
  /** Its commandes, when the reader sees them. */
  commandes?: string
  /** The signed papers are the reader’s to open. */
  avecDocuments?: boolean
  fait?: string | null
  agir?: ReactNode
}

/** A convention as those who finance it read it: amounts, financeurs, rules, versions, dates. */
export const ConventionPage = ({ convention, versions, devoirs, departements, paths, commandes, ...rest }: Props) => {
  const { avecDocuments = false, fait = null, agir } = rest
  const { id: conventionId, reference, nom, collectivite, statut, financeurs } = convention
  const rules = (
    <Card titre="Règles du pass">
      <ConventionParameters
        convention={convention}
        territoires={new Map(departements.map((one) => [`D${one.code}`, `${one.nom} (${one.code})`]))}
      />
    </Card>
  )
  return (
    <Page
      titre={`Convention ${reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
      ]}
      intro={`${collectivite.nom}, ${nom}`}
      badge={<ConventionBadge statut={statut} />}
      actions={<VersionPdf conventionId={conventionId} version={1} />}
      fait={fait}
    >
      <ConventionAmounts convention={convention} {...(commandes !== undefined && { commandes })} />
      <h2>Financeurs</h2>
      <ConventionFinanceurs financeurs={financeurs} {...(avecDocuments && { conventionId })} />
      {agir ? <Sheet agir={agir} corps={rules} /> : rules}
      <h2>Versions</h2>
      <VersionsTable versions={versions} rowLink={({ numero }) => paths.version({ conventionId, version: numero })} />
      <h2>Prochaines dates</h2>
      <DevoirsTable devoirs={pendingDevoirs(devoirs)} />
    </Page>
  )
}
