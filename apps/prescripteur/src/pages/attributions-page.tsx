import type { Attribution } from '@pass/contracts/carnets.ts'
import { ATTRIBUTION_LABELS, whyNotAcknowledgeAttribution } from '@pass/domain/attributions.ts'
import { parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { acknowledgeAttribution, CARNET_READS, listAttributions } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listAttributions, { query: queryFrom(listAttributions, request) }) })

const AttributionBadge = statutBadge(ATTRIBUTION_LABELS, { envoyee: 'attente', accusee: 'bien', annulee: 'neutre' })

const count = ({ carnets, seriePremiere, serieDerniere }: Attribution): string =>
  carnets === 1
    ? `J’ai compté 1 carnet : ${seriePremiere}.`
    : `J’ai compté ${plural(carnets, 'carnet')}, de ${seriePremiere} à ${serieDerniere}.`

// each number stays whole; the range may break between the two
const Range = ({ attribution: { carnets, seriePremiere, serieDerniere } }: { attribution: Attribution }) => (
  <>
    <span className="code">{seriePremiere}</span>
    {carnets > 1 && (
      <>
        {' à '}
        <span className="code">{serieDerniere}</span>
      </>
    )}
  </>
)

/** The receiver counts before answering for the carnets: the box is the whole of the check. */
const Acknowledge = ({ attribution, onDone }: { attribution: Attribution; onDone: (attribution: Attribution) => void }) => {
  const acknowledge = useApiMutation(acknowledgeAttribution, { invalidates: CARNET_READS, onSuccess: onDone })
  const [counted, setCounted] = useState(false)
  return (
    <ConfirmDialog
      label="Confirmer la réception"
      disabledReason={whyNotAcknowledgeAttribution(attribution)?.message}
      titre={`Confirmer la réception ${attribution.reference} ?`}
      action={`Confirmer ${plural(attribution.carnets, 'carnet reçu', 'carnets reçus')}`}
      actionReason={counted ? null : 'Comptez les carnets, puis cochez.'}
      onConfirm={() => acknowledge.mutateAsync({ params: { attributionId: attribution.id } })}
    >
      <p>Après cette confirmation, votre équipe répond de ces carnets et peut les remettre.</p>
      <CheckboxField label={count(attribution)} checked={counted} onChange={({ target }) => setCounted(target.checked)} />
      <p className="doux petit">Le compte n’est pas bon&nbsp;? Renoncez, et appelez {attribution.collectivite.nom}.</p>
    </ConfirmDialog>
  )
}

const columns = (onDone: (attribution: Attribution) => void): readonly Column<Attribution>[] => [
  { cle: 'reference', titre: 'Attribution', cell: (row) => row.reference, code: true },
  { cle: 'de', titre: 'De', cell: (row) => row.collectivite.nom },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'series', titre: 'Numéros', cell: (row) => <Range attribution={row} /> },
  { cle: 'envoi', titre: 'Envoyée le', cell: (row) => <Jour date={parisDay(new Date(row.envoyeeAt))} /> },
  { cle: 'statut', titre: 'Statut', cell: (row) => <AttributionBadge statut={row.statut} /> },
  {
    cle: 'action',
    titre: 'Réception',
    cell: (row) => {
      if (row.statut === 'envoyee') return <Acknowledge attribution={row} onDone={onDone} />
      return <Jour date={row.accuseeAt && parisDay(new Date(row.accuseeAt))} />
    },
  },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const [done, setDone] = useState<Attribution | null>(null)
  return (
    <Page
      titre="Attributions"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les carnets que la collectivité vous envoie. Confirmez leur réception avant de les remettre."
    >
      {done && (
        <Notice tone="bien" live="status" titre={`${plural(done.carnets, 'carnet reçu', 'carnets reçus')}.`}>
          Ils sont dans votre stock. <Link to={paths.remettre()}>Remettre un carnet</Link>
        </Notice>
      )}
      <DataTable
        caption={page.total === null ? 'Attributions' : plural(page.total, 'attribution')}
        rows={page.items}
        rowKey={(row) => row.id}
        columns={columns(setDone)}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={optionsOf(ATTRIBUTION_LABELS)} vide="Toutes" />
          </Filters>
        }
        empty={
          <EmptyState
            titre="Aucune attribution"
            action={
              <LinkButton variant="second" to={paths.stock()}>
                Voir mon stock
              </LinkButton>
            }
          >
            Quand la collectivité vous enverra des carnets, vous confirmerez leur réception ici.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
