import { livreRoutes } from '@pass/contracts/livres.ts'
import { apiQuery, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CouvertureView } from '@pass/web/modules/comptes/couverture-view.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request, params }: LoaderFunctionArgs) =>
  warm({
    couverture: apiQuery(livreRoutes.getCouvertureFonds, {
      params: paramsOf(livreRoutes.getCouvertureFonds, params),
      query: queryFrom(livreRoutes.getCouvertureFonds, request),
    }),
  })

export const Component = () => {
  const { couverture } = useWarmed<typeof loader>()
  const { id: conventionId, reference, nom } = couverture.convention
  return (
    <Page
      titre={`Couverture ${reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.grandLivre({ conventionId }), label: `Grand livre ${reference}` },
      ]}
      intro={`${nom}. Aucun pass n’est activé sans les fonds qui le couvrent : voici ce qui est entré, ce qui a servi et ce qui reste.`}
    >
      <CouvertureView couverture={couverture} to={(filter) => paths.grandLivre({ conventionId, ...filter })} />
    </Page>
  )
}
