import type { FicheOrganisation } from '@pass/contracts/equipe.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { plural } from '@pass/domain/money.ts'
import { formatSiret, ORGANISATION_TYPE_LABELS } from '@pass/domain/organisations.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { territoireInWords } from '@pass/web/modules/conventions/territoires.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSearch, FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Plus } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { FIL, paths } from '../paths.ts'
import { AdministratorAct } from '../widgets/administrator-act.tsx'
import { WithDone } from '../widgets/done.tsx'

const { searchOrganisations } = organisationRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(searchOrganisations, { query: queryFrom(searchOrganisations, request) }) })

const COLUMNS: readonly Column<FicheOrganisation>[] = [
  {
    cle: 'nom',
    titre: 'Organisation',
    cell: ({ nom, type }) => (
      <>
        <strong>{nom}</strong>
        <span className="petit doux sous">{ORGANISATION_TYPE_LABELS[type]}</span>
      </>
    ),
  },
  {
    cle: 'siret',
    titre: 'SIRET',
    cell: ({ siret }) => (siret ? <span className="code insecable">{formatSiret(siret)}</span> : <span className="doux">Non indiqué</span>),
  },
  {
    cle: 'territoire',
    titre: 'Territoire',
    cell: ({ departement, territoire }) =>
      territoire.length > 0 ? (
        territoireInWords(territoire)
      ) : departement ? (
        `Département ${departement}`
      ) : (
        <span className="doux">Non indiqué</span>
      ),
  },
  {
    cle: 'membres',
    titre: 'Équipe',
    cell: ({ membres, sansAdministrateur }) => (
      <>
        {plural(membres, 'personne')}
        {sansAdministrateur && (
          <span className="sous">
            <Badge tone="attente">Personne ne l’administre</Badge>
          </span>
        )}
      </>
    ),
  },
  { cle: 'actes', titre: 'Agir', cell: (row) => (row.sansAdministrateur ? <AdministratorAct organisation={row} /> : null) },
]

const Create = () => (
  <LinkButton icon={Plus} to={paths.creerOrganisation()}>
    Créer une organisation
  </LinkButton>
)

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Organisations"
      fil={FIL}
      intro="Celles qui se servent de la plateforme. La première personne invitée administre la sienne."
      actions={<Create />}
    >
      <WithDone>
        <DataTable
          caption={page.total === null ? 'Organisations' : plural(page.total, 'organisation')}
          rows={page.items}
          rowKey={(row) => row.id}
          columns={COLUMNS}
          filters={
            <Filters>
              <FilterSelect name="type" label="Type" options={optionsOf(ORGANISATION_TYPE_LABELS)} />
              <FilterSearch name="recherche" label="Nom ou SIRET" />
            </Filters>
          }
          empty={
            <EmptyState titre="Aucune organisation ici" action={<Create />}>
              Essayez un autre mot, ou créez-la.
            </EmptyState>
          }
          pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
        />
      </WithDone>
    </Page>
  )
}
