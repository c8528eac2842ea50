import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionAmounts } from '@pass/web/modules/conventions/convention-amounts.tsx'
import { ConventionBadge } from '@pass/web/modules/conventions/convention-badge.tsx'
import { ConventionFinanceurs } from '@pass/web/modules/conventions/convention-financeurs.tsx'
import { ConventionParameters } from '@pass/web/modules/conventions/convention-parameters.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    convention: apiQuery(conventionRoutes.getConvention, { params: paramsOf(conventionRoutes.getConvention, params) }),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.conventions(), label: 'Conventions' },
]

export const Component = () => {
  const { convention, departements } = useWarmed<typeof loader>()
  const noms = new Map(departements.items.map(({ code, nom }) => [`D${code}`, `${nom} (${code})`]))
  return (
    <Page
      titre={`Convention ${convention.reference}`}
      fil={FIL}
      intro={`${convention.collectivite.nom}, ${convention.nom}`}
      badge={<ConventionBadge statut={convention.statut} />}
    >
      <ConventionAmounts convention={convention} />
      <h2>Financeurs</h2>
      <ConventionFinanceurs financeurs={convention.financeurs} />
      <Card titre="Règles du pass">
        <ConventionParameters convention={convention} territoires={noms} />
      </Card>
    </Page>
  )
}
