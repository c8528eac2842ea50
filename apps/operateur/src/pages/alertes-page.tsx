import type { Alerte } from '@pass/contracts/guichet.ts'
import { ALERTE_DECISION_LABELS, ALERTE_STATUT_LABELS } from '@pass/domain/alertes.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { listAlertes } from '../widgets/alertes-calls.ts'
import { DecideAlerte } from '../widgets/decide-alerte.tsx'
import { SaidNotice } from '../widgets/said-notice.tsx'

export const loader = ({ request }: LoaderFunctionArgs) => warm({ page: apiQuery(listAlertes, { query: queryFrom(listAlertes, request) }) })

const AlerteBadge = statutBadge(ALERTE_STATUT_LABELS, { ouverte: 'attente', classee: 'neutre' })

const Decision = ({ alerte, onDone }: { alerte: Alerte; onDone: (said: Said) => void }) => {
  if (alerte.statut === 'ouverte') return <DecideAlerte alerte={alerte} onDone={onDone} />
  return (
    <>
      {alerte.decision && <strong>{ALERTE_DECISION_LABELS[alerte.decision]}</strong>}
      <p className="petit doux">{alerte.motif}</p>
    </>
  )
}

const columns = (onDone: (said: Said) => void): readonly Column<Alerte>[] => [
  {
    cle: 'titre',
    titre: 'Alerte',
    cell: ({ titre, texte }) => (
      <>
        <strong>{titre}</strong>
        <p className="petit doux">{texte}</p>
      </>
    ),
  },
  { cle: 'structure', titre: 'Structure', cell: ({ structure }) => structure.nom },
  { cle: 'nombre', titre: 'Fois', cell: ({ nombre }) => nombre, align: 'droite' },
  { cle: 'at', titre: 'La dernière fois', cell: ({ at }) => <Instant at={at} /> },
  { cle: 'statut', titre: 'Statut', cell: ({ statut }) => <AlerteBadge statut={statut} /> },
  { cle: 'decision', titre: 'Décision', cell: (alerte) => <Decision alerte={alerte} onDone={onDone} /> },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <Page
      titre="Alertes"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Ce que le guichet a remarqué. Une alerte n’accuse personne : renseignez-vous, puis décidez."
    >
      <SaidNotice said={said} />
      <DataTable
        caption={page.total === null ? 'Alertes, la plus récente d’abord' : plural(page.total, 'alerte')}
        rows={page.items}
        rowKey={({ id }) => id}
        columns={columns(setSaid)}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" vide="Toutes" options={optionsOf(ALERTE_STATUT_LABELS)} />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucune alerte ici">Quand le guichet d’une structure remarque quelque chose, vous le lisez ici.</EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
