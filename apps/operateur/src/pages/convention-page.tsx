import { avoirRoutes } from '@pass/contracts/avoirs.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionAmounts } from '@pass/web/modules/conventions/convention-amounts.tsx'
import { ConventionBadge } from '@pass/web/modules/conventions/convention-badge.tsx'
import { ConventionParameters } from '@pass/web/modules/conventions/convention-parameters.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { DevoirsTable, pendingDevoirs } from '@pass/web/modules/conventions/devoirs-table.tsx'
import { VersionPdf } from '@pass/web/modules/conventions/version-sheet.tsx'
import { VersionsTable } from '@pass/web/modules/conventions/versions-table.tsx'
import { AvoirsCard } from '@pass/web/modules/echeances/avoirs-card.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { BookOpenText, Package } from 'lucide-react'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    convention: apiQuery(conventionRoutes.getConvention, { params: paramsOf(conventionRoutes.getConvention, params) }),
    versions: apiQuery(conventionVersionRoutes.listVersions, { params: paramsOf(conventionRoutes.getConvention, params) }),
    avoirs: apiQuery(avoirRoutes.listAvoirs, { params: paramsOf(conventionRoutes.getConvention, params) }),
    devoirs: apiQuery(conventionVersionRoutes.listDevoirs, { params: paramsOf(conventionRoutes.getConvention, params) }),
  })

export const Component = () => {
  const { convention, versions, devoirs, avoirs } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  const { id: conventionId, reference, nom, collectivite, statut } = convention
  const commandes = paths.commandes({ conventionId })
  const grandLivre = paths.grandLivre({ conventionId })
  return (
    <Page
      titre={`Convention ${reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
      ]}
      intro={`${nom}, ${collectivite.nom}`}
      badge={<ConventionBadge statut={statut} />}
      fait={done}
      actions={
        <>
          <VersionPdf conventionId={conventionId} version={1} />
          <LinkButton variant="second" icon={Package} to={commandes}>
            Voir ses commandes
          </LinkButton>
          <LinkButton variant="second" icon={BookOpenText} to={grandLivre}>
            Voir son grand livre
          </LinkButton>
        </>
      }
    >
      <ConventionAmounts convention={convention} commandes={commandes} grandLivre={grandLivre} />
      <AvoirsCard conventionId={conventionId} avoirs={avoirs} echeance={paths.echeance} onDone={setDone} />
      <Card titre="Règles de la convention">
        <ConventionParameters convention={convention} />
      </Card>
      <h2>Versions</h2>
      <VersionsTable versions={versions.items} rowLink={({ numero }) => paths.version({ conventionId: convention.id, version: numero })} />
      <h2>Prochaines dates</h2>
      <DevoirsTable devoirs={pendingDevoirs(devoirs.items)} />
    </Page>
  )
}
