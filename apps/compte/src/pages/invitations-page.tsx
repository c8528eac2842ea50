import type { Invitation } from '@pass/contracts/equipe.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { INVITATION_ETAT_LABELS } from '@pass/domain/membres.ts'
import { plural } from '@pass/domain/money.ts'
import { ROLE_LABELS } from '@pass/domain/organisations.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { UserPlus } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { FIL, paths } from '../paths.ts'
import { WithDone } from '../widgets/done.tsx'
import { InvitationActs } from '../widgets/invitation-acts.tsx'

const { listInvitations } = organisationRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listInvitations, { query: queryFrom(listInvitations, request) }) })

const EtatBadge = statutBadge(INVITATION_ETAT_LABELS, { envoyee: 'attente', acceptee: 'bien', annulee: 'neutre', expiree: 'refus' })

const COLUMNS: readonly Column<Invitation>[] = [
  {
    cle: 'personne',
    titre: 'Personne',
    cell: ({ prenom, nom, courriel }) => (
      <>
        <strong>
          {prenom} {nom}
        </strong>
        <span className="petit doux sous coupe">{courriel}</span>
      </>
    ),
  },
  { cle: 'role', titre: 'Rôle proposé', cell: (row) => ROLE_LABELS[row.role] },
  {
    cle: 'envoi',
    titre: 'Envoyée',
    cell: ({ envoyeeAt, par }) => (
      <>
        <Instant at={envoyeeAt} />
        <span className="petit doux sous">{`par ${par.nom}`}</span>
      </>
    ),
  },
  { cle: 'fin', titre: 'Valable jusqu’au', cell: (row) => <Instant at={row.expireAt} /> },
  { cle: 'etat', titre: 'État', cell: (row) => <EtatBadge statut={row.etat} /> },
  { cle: 'actes', titre: 'Agir', cell: (row) => <InvitationActs invitation={row} /> },
]

const Invite = () => (
  <LinkButton icon={UserPlus} to={paths.inviter()}>
    Inviter une personne
  </LinkButton>
)

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Invitations"
      fil={[...FIL, { to: paths.equipe(), label: 'Équipe' }]}
      intro="Un lien envoyé par courriel, valable 7 jours, une seule fois, pour une seule adresse."
      actions={<Invite />}
    >
      <WithDone>
        <DataTable
          caption={page.total === null ? 'Invitations' : plural(page.total, 'invitation')}
          rows={page.items}
          rowKey={(row) => row.id}
          columns={COLUMNS}
          filters={
            <Filters>
              <FilterSelect name="etat" label="État" vide="Toutes" options={optionsOf(INVITATION_ETAT_LABELS)} />
            </Filters>
          }
          empty={
            <EmptyState titre="Aucune invitation ici" action={<Invite />}>
              Les invitations envoyées et leur réponse paraîtront ici.
            </EmptyState>
          }
          pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
        />
      </WithDone>
    </Page>
  )
}
