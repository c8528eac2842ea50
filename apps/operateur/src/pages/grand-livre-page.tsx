import { compteRoutes } from '@pass/contracts/comptes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { apiQuery, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { GrandLivreView } from '@pass/web/modules/comptes/grand-livre-view.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request, params: raw }: LoaderFunctionArgs) => {
  const params = paramsOf(compteRoutes.getGrandLivre, raw)
  return warm({
    convention: apiQuery(conventionRoutes.getConvention, { params }),
    grandLivre: apiQuery(compteRoutes.getGrandLivre, { params, query: queryFrom(compteRoutes.getGrandLivre, request) }),
    ecritures: apiQuery(compteRoutes.listTransfers, { params, query: queryFrom(compteRoutes.listTransfers, request) }),
  })
}

export const Component = () => {
  const { convention, grandLivre, ecritures } = useWarmed<typeof loader>()
  const { id: conventionId, reference, nom, collectivite } = convention
  return (
    <Page
      titre={`Grand livre ${reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.grandsLivres(), label: 'Grand livre' },
      ]}
      intro={`${nom}, ${collectivite.nom}. Chaque solde ouvre ses écritures, chaque écriture ce qui la compose.`}
      actions={
        <ButtonRow>
          <LinkButton variant="second" to={paths.couvertureFonds({ conventionId })}>
            Couverture
          </LinkButton>
          <LinkButton variant="second" to={paths.convention({ conventionId })}>
            Voir la convention
          </LinkButton>
        </ButtonRow>
      }
    >
      <GrandLivreView
        conventionId={conventionId}
        grandLivre={grandLivre}
        ecritures={ecritures}
        to={(filter) => paths.grandLivre({ conventionId, ...filter })}
        toLine={({ cle }) => paths.ecriture({ conventionId, cle })}
      />
    </Page>
  )
}
