import { compteRoutes } from '@pass/contracts/comptes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { ACCOUNT_LABELS } from '@pass/domain/comptes.ts'
import { apiQuery, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { ComptesTable } from '@pass/web/modules/comptes/comptes-table.tsx'
import { EcrituresTable } from '@pass/web/modules/comptes/ecritures-table.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request, params: raw }: LoaderFunctionArgs) => {
  const params = paramsOf(compteRoutes.getGrandLivre, raw)
  return warm({
    convention: apiQuery(conventionRoutes.getConvention, { params }),
    grandLivre: apiQuery(compteRoutes.getGrandLivre, { params }),
    ecritures: apiQuery(compteRoutes.listTransfers, { params, query: queryFrom(compteRoutes.listTransfers, request) }),
  })
}

const AccountFilter = () => (
  <Filters>
    <FilterSelect name="nature" label="Compte" options={optionsOf(ACCOUNT_LABELS)} />
  </Filters>
)

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
      intro={`${nom}, ${collectivite.nom}`}
      actions={
        <LinkButton variant="second" to={paths.convention({ conventionId })}>
          Voir la convention
        </LinkButton>
      }
    >
      <section className="pile" aria-labelledby="soldes">
        <h2 id="soldes">Soldes</h2>
        <ComptesTable grandLivre={grandLivre} to={(nature) => paths.grandLivre({ conventionId, nature })} />
      </section>
      <section className="pile" aria-labelledby="ecritures">
        <h2 id="ecritures">Écritures</h2>
        <EcrituresTable
          page={ecritures}
          filters={<AccountFilter />}
          empty={<EmptyState titre="Aucune écriture">La première paraît quand des fonds sont reçus.</EmptyState>}
        />
      </section>
    </Page>
  )
}
