import { type Incident, incidentRoutes } from '@pass/contracts/incidents.ts'
import { INCIDENT_LABELS, whyNotDecideIncident } from '@pass/domain/incidents.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { useSession } from '@pass/web/session.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Euros, Instant } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { IncidentBadge } from '../widgets/banque-badges.ts'
import { INCIDENT_READS } from '../widgets/banque-reads.ts'
import { useRoleReason } from '../widgets/role-reason.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'

const { listIncidents, decideIncident } = incidentRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listIncidents, { query: queryFrom(listIncidents, request) }) })

type OnDone = (said: Said) => void

/** The second person: somebody else than the one who asked. */
const Decide = ({ incident, onDone }: { incident: Incident; onDone: OnDone }) => {
  const { utilisateur } = useSession()
  const reasonOf = useRoleReason()
  const { id, statut, structure, montantCentimes, demandePar } = incident
  const decide = useApiMutation(decideIncident, {
    invalidates: INCIDENT_READS,
    onSuccess: ({ statut: now }) =>
      onDone(
        now === 'approuve'
          ? { titre: `${euros(montantCentimes)} à retenir.`, suite: `Un prochain bordereau de ${structure.nom} portera cette ligne.` }
          : { titre: 'Incident refusé.', suite: 'Rien n’est retenu.' },
      ),
  })
  if (incident.decidePar) return <>{incident.decidePar.nom}</>
  const refusal = whyNotDecideIncident({ statut, demandePar: demandePar.id, par: utilisateur.id })
  if (refusal?.code === 'meme_personne') return <span className="doux">À une autre personne de décider</span>
  const reason = reasonOf('incident:decide') ?? refusal?.message
  if (reason) return <span className="doux petit">{reason}</span>
  const act = (accord: boolean) => decide.mutateAsync({ params: { incidentId: id }, body: { accord } })
  return (
    <ButtonRow>
      <ConfirmDialog
        label="Approuver"
        variant="principal"
        titre={`Retenir ${euros(montantCentimes)} à ${structure.nom} ?`}
        action={`Retenir ${euros(montantCentimes)}`}
        onConfirm={() => act(true)}
      >
        <p>Une ligne négative s’ajoute au prochain bordereau qui vaut au moins ce montant. La structure est prévenue tout de suite.</p>
        <p className="doux">{incident.motif}</p>
      </ConfirmDialog>
      <ConfirmDialog label="Refuser" titre="Refuser cet incident ?" action="Refuser l’incident" onConfirm={() => act(false)}>
        <p>Rien n’est retenu. L’utilisation pourra être remise en question.</p>
      </ConfirmDialog>
    </ButtonRow>
  )
}

const columns = (onDone: OnDone): readonly Column<Incident>[] => [
  { cle: 'demande', titre: 'Demandé le', cell: (row) => <Instant at={row.demandeAt} /> },
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom },
  {
    cle: 'utilisation',
    titre: 'Utilisation',
    cell: (row) => (
      <>
        <Instant at={row.utiliseAt} />
        <div className="doux petit">{`${row.lieu}, ${row.collectivite}`}</div>
      </>
    ),
  },
  {
    cle: 'montant',
    titre: 'À retenir',
    cell: (row) => (
      <>
        <Euros centimes={row.montantCentimes} />
        <div className="doux petit">{`sur ${euros(row.utilisationCentimes)}`}</div>
      </>
    ),
    align: 'droite',
  },
  { cle: 'motif', titre: 'Motif', cell: (row) => row.motif },
  { cle: 'par', titre: 'Demandé par', cell: (row) => row.demandePar.nom },
  {
    cle: 'statut',
    titre: 'Statut',
    cell: ({ statut, bordereau }) => (
      <>
        <IncidentBadge statut={statut} />
        {bordereau && (
          <div className="petit">
            <Link to={paths.bordereau({ bordereauId: bordereau.id })}>{bordereau.reference}</Link>
          </div>
        )}
      </>
    ),
  },
  { cle: 'decision', titre: 'Décision', cell: (row) => <Decide incident={row} onDone={onDone} /> },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <Page
      titre="Incidents"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.bordereaux(), label: 'Bordereaux' },
      ]}
      intro="Ce qui a été payé à tort se retient sur un prochain bordereau. Une personne demande, une autre décide."
    >
      <SaidNotice said={said} />
      <DataTable
        caption={plural(page.total ?? page.items.length, 'incident')}
        rows={page.items}
        rowKey={(row) => row.id}
        columns={columns(setSaid)}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" vide="Tous" options={optionsOf(INCIDENT_LABELS)} />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucun incident ici" action={<LinkButton to={paths.bordereaux()}>Voir les bordereaux</LinkButton>}>
            Ouvrez un bordereau, puis ses utilisations, pour mettre en question ce qui n’aurait pas dû être payé.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
