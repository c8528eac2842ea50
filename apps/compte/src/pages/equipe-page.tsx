import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { MEMBRE_ETAT_LABELS } from '@pass/domain/membres.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { useSession } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSearch, FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Mail, UserPlus } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { FIL, paths } from '../paths.ts'
import { WithDone } from '../widgets/done.tsx'
import { MEMBRE_COLUMNS } from '../widgets/membre-columns.tsx'
import { RecuperationsCard } from '../widgets/recuperations-card.tsx'

const { listInvitations, listMembres, listRecuperations } = organisationRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    page: apiQuery(listMembres, { query: queryFrom(listMembres, request) }),
    invitations: apiQuery(listInvitations, { query: { etat: 'envoyee' } }),
    recuperations: apiQuery(listRecuperations, {}),
  })

const ReviewNotice = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <Notice tone="attente" titre={`${plural(count, 'accès est à confirmer', 'accès sont à confirmer')} sur cette page.`}>
      Tous les six mois, dites pour chacun s’il est toujours justifié. Sinon, retirez-le.
    </Notice>
  )

export const Component = () => {
  const { page, invitations, recuperations } = useWarmed<typeof loader>()
  const { organisation } = useSession()
  const pending = invitations.total ?? invitations.items.length
  return (
    <Page
      titre="Équipe"
      fil={FIL}
      intro={`${organisation.nom} : les personnes qui y ont accès, et ce qu’elles peuvent faire.`}
      actions={
        <>
          <LinkButton variant="second" icon={Mail} to={paths.invitations()}>
            {pending > 0 ? `Invitations (${pending} en attente)` : 'Invitations'}
          </LinkButton>
          <LinkButton icon={UserPlus} to={paths.inviter()}>
            Inviter une personne
          </LinkButton>
        </>
      }
    >
      <WithDone>
        <RecuperationsCard recuperations={recuperations.items} />
        <ReviewNotice count={page.items.filter(({ revueDue }) => revueDue).length} />
        <DataTable
          caption={page.total === null ? 'Accès' : plural(page.total, 'accès', 'accès')}
          rows={page.items}
          rowKey={(row) => row.adhesionId}
          columns={MEMBRE_COLUMNS}
          filters={
            <Filters>
              <FilterSelect name="etat" label="État" options={optionsOf(MEMBRE_ETAT_LABELS)} />
              <FilterSearch name="recherche" label="Nom ou adresse" />
            </Filters>
          }
          empty={
            <EmptyState titre="Personne ici" action={<LinkButton to={paths.inviter()}>Inviter une personne</LinkButton>}>
              Essayez un autre mot, ou effacez les filtres.
            </EmptyState>
          }
          pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
        />
      </WithDone>
    </Page>
  )
}
