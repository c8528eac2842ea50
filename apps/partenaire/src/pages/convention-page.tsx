import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionAmounts } from '@pass/web/modules/conventions/convention-amounts.tsx'
import { ConventionBadge } from '@pass/web/modules/conventions/convention-badge.tsx'
import { ConventionFinanceurs } from '@pass/web/modules/conventions/convention-financeurs.tsx'
import { ConventionParameters } from '@pass/web/modules/conventions/convention-parameters.tsx'
import { DevoirsTable, pendingDevoirs } from '@pass/web/modules/conventions/devoirs-table.tsx'
import { VersionPdf } from '@pass/web/modules/conventions/version-sheet.tsx'
import { VersionsTable } from '@pass/web/modules/conventions/versions-table.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    convention: apiQuery(conventionRoutes.getConvention, { params: paramsOf(conventionRoutes.getConvention, params) }),
    versions: apiQuery(conventionVersionRoutes.listVersions, { params: paramsOf(conventionRoutes.getConvention, params) }),
    devoirs: apiQuery(conventionVersionRoutes.listDevoirs, { params: paramsOf(conventionRoutes.getConvention, params) }),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.conventions(), label: 'Conventions' },
]

export const Component = () => {
  const { convention, versions, devoirs, departements } = useWarmed<typeof loader>()
  const noms = new Map(departements.items.map(({ code, nom }) => [`D${code}`, `${nom} (${code})`]))
  return (
    <Page
      titre={`Convention ${convention.reference}`}
      fil={FIL}
      intro={`${convention.collectivite.nom}, ${convention.nom}`}
      badge={<ConventionBadge statut={convention.statut} />}
      actions={<VersionPdf conventionId={convention.id} version={1} />}
    >
      <ConventionAmounts convention={convention} />
      <h2>Financeurs</h2>
      <ConventionFinanceurs financeurs={convention.financeurs} />
      <Card titre="Règles du pass">
        <ConventionParameters convention={convention} territoires={noms} />
      </Card>
      <h2>Versions</h2>
      <VersionsTable versions={versions.items} rowLink={({ numero }) => paths.version({ conventionId: convention.id, version: numero })} />
      <h2>Prochaines dates</h2>
      <DevoirsTable devoirs={pendingDevoirs(devoirs.items)} />
    </Page>
  )
}
