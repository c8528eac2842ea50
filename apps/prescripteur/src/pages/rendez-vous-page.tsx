import type { RendezVous } from '@pass/contracts/creneaux.ts'
import { INSCRIPTION_LABELS } from '@pass/domain/ateliers.ts'
import { formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { formatPhone, phoneHref } from '@pass/web/modules/lieux/lieu-address.tsx'
import { today, useCan } from '@pass/web/session.tsx'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterDate, Filters } from '@pass/web/ui/filters.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { leaveCreneau, listRendezVous, RENDEZ_VOUS_READS } from '../calls.ts'
import { paths } from '../paths.ts'
import { momentOf } from '../widgets/creneau-words.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listRendezVous, { query: queryFrom(listRendezVous, request) }) })

const InscriptionBadge = statutBadge(INSCRIPTION_LABELS, {
  inscrit: 'info',
  present: 'bien',
  absent_excuse: 'neutre',
  absent: 'refus',
  annule: 'neutre',
  liste_attente: 'attente',
})

const Leave = ({ rendezVous, onDone }: { rendezVous: RendezVous; onDone: (rendezVous: RendezVous) => void }) => {
  const can = useCan()
  const leave = useApiMutation(leaveCreneau, { invalidates: RENDEZ_VOUS_READS, onSuccess: () => onDone(rendezVous) })
  const { inscriptionId, personne, statut, creneau } = rendezVous
  const live = statut === 'inscrit' || statut === 'liste_attente'
  if (!live || creneau.date < today() || !can('creneau:take')) return null
  return (
    <ConfirmDialog
      label={
        <>
          Annuler<span className="hors-ecran"> le rendez-vous de {personne}</span>
        </>
      }
      variant="lien"
      danger
      titre={`Annuler le rendez-vous de ${personne} ?`}
      action="Annuler le rendez-vous"
      onConfirm={() => leave.mutateAsync({ params: { inscriptionId } })}
    >
      <p>
        {momentOf(creneau)}, {creneau.lieu.nom}.{' '}
        {statut === 'inscrit' ? 'La place revient à la première personne en attente.' : 'La personne quitte la liste d’attente.'}
      </p>
    </ConfirmDialog>
  )
}

const Place = ({ lieu }: { lieu: RendezVous['creneau']['lieu'] }) => (
  <>
    {lieu.nom}, {lieu.commune}
    {lieu.telephone && (
      <>
        <br />
        <a href={phoneHref(lieu.telephone)}>{formatPhone(lieu.telephone)}</a>
      </>
    )}
  </>
)

const columns = (onDone: (rendezVous: RendezVous) => void): readonly Column<RendezVous>[] => [
  { cle: 'personne', titre: 'Personne', cell: ({ personne }) => <strong>{personne}</strong> },
  {
    cle: 'date',
    titre: 'Rendez-vous',
    cell: ({ creneau }) => (
      <span className="insecable">
        <Jour date={creneau.date} /> à {formatTime(creneau.debut)}
      </span>
    ),
  },
  { cle: 'theme', titre: 'Atelier', cell: ({ creneau }) => THEME_LABELS[creneau.theme] },
  { cle: 'lieu', titre: 'Lieu', cell: ({ creneau }) => <Place lieu={creneau.lieu} /> },
  {
    cle: 'statut',
    titre: 'Statut',
    cell: ({ statut, motif }) => (
      <>
        <InscriptionBadge statut={statut} />
        {motif !== null && <p className="petit doux">Atelier annulé par le lieu&nbsp;: {motif}</p>}
      </>
    ),
  },
  { cle: 'action', titre: 'Action', cell: (row) => <Leave rendezVous={row} onDone={onDone} /> },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const [left, setLeft] = useState<RendezVous | null>(null)
  return (
    <Page
      titre="Rendez-vous"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les places prises par votre équipe dans des ateliers, à partir d’aujourd’hui."
      actions={<LinkButton to={paths.remettre()}>Remettre un carnet</LinkButton>}
    >
      {left && (
        <Notice tone="bien" live="status" titre={`Rendez-vous de ${left.personne} annulé.`}>
          Prévenez la personne&nbsp;: c’était le {momentOf(left.creneau)}, {left.creneau.lieu.nom}.
        </Notice>
      )}
      <DataTable
        caption={page.total === null ? 'Rendez-vous, le plus proche d’abord' : plural(page.total, 'rendez-vous', 'rendez-vous')}
        rows={page.items}
        rowKey={({ inscriptionId }) => inscriptionId}
        columns={columns(setLeft)}
        filters={
          <Filters>
            <FilterDate name="du" label="À partir du" />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucun rendez-vous" action={<LinkButton to={paths.remettre()}>Remettre un carnet</LinkButton>}>
            À la remise d’un carnet, vous pouvez prendre un premier rendez-vous&nbsp;: il paraîtra ici.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
