import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { incidentRoutes, type Utilisation } from '@pass/contracts/incidents.ts'
import { whyNotAskIncident } from '@pass/domain/incidents.ts'
import { plural } from '@pass/domain/money.ts'
import { REDEMPTION_LABELS } from '@pass/domain/redemptions.ts'
import { apiQuery, paramsOf, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { now } from '@pass/web/session.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { MoneyField } from '@pass/web/ui/number-field.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Euros, Instant } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { INCIDENT_READS } from '../widgets/banque-reads.ts'
import { useRoleReason } from '../widgets/role-reason.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'

const { getBordereau } = bordereauRoutes
const { listBordereauUtilisations, askIncident } = incidentRoutes

export const loader = ({ params, request }: LoaderFunctionArgs) =>
  warm({
    bordereau: apiQuery(getBordereau, { params: paramsOf(getBordereau, params) }),
    page: apiQuery(listBordereauUtilisations, {
      params: paramsOf(listBordereauUtilisations, params),
      query: queryFrom(listBordereauUtilisations, request),
    }),
  })

type OnDone = (said: Said) => void

const useAsk = (use: Utilisation, onDone: OnDone) => {
  const [montant, setMontant] = useState<number | undefined>(use.montantCentimes)
  const [motif, setMotif] = useState('')
  const ask = useApiMutation(askIncident, {
    invalidates: INCIDENT_READS,
    onSuccess: () => onDone({ titre: 'Incident demandé.', suite: 'Une autre personne décide maintenant.' }),
  })
  const isAmount = montant !== undefined && Number.isInteger(montant) && montant > 0
  const refusal = isAmount
    ? whyNotAskIncident(
        { statut: use.statut, redeemedAt: new Date(use.at), montantCentimes: use.montantCentimes, hasIncident: use.incidentId !== null },
        { demandeCentimes: montant, now: now() },
      )
    : null
  const reason = isAmount
    ? (refusal?.message ?? (motif.trim() ? null : 'Indiquez ce qui a été constaté : c’est dit à la structure.'))
    : 'Indiquez le montant à retenir.'
  const go = () => ask.mutateAsync({ body: { redemptionId: use.id, montantCentimes: montant ?? 0, motif: motif.trim() } })
  return { montant, setMontant, motif, setMotif, reason, go }
}

/** Puts a use in question: the whole of it unless said otherwise. */
const Ask = ({ use, onDone }: { use: Utilisation; onDone: OnDone }) => {
  const { montant, setMontant, motif, setMotif, reason, go } = useAsk(use, onDone)
  const role = useRoleReason()('incident:ask')
  if (use.incidentId) return <Link to={paths.incidents()}>Voir l’incident</Link>
  if (role) return <span className="doux petit">{role}</span>
  return (
    <ConfirmDialog
      label="Mettre en question"
      variant="lien"
      titre="Retenir tout ou partie de cette utilisation ?"
      action="Demander la retenue"
      actionReason={reason}
      onConfirm={go}
    >
      <p>
        <Instant at={use.at} />, {use.lieu}. Payée&nbsp;: <Euros centimes={use.montantCentimes} />. Rien n’est retenu avant l’accord d’une
        autre personne.
      </p>
      <MoneyField label="Montant à retenir" value={montant} onChange={setMontant} />
      <TextAreaField
        label="Ce qui a été constaté"
        aide="Sans nom de personne. Exemple : atelier d’une heure, payé deux heures."
        rows={3}
        maxLength={300}
        value={motif}
        onChange={({ target }) => setMotif(target.value)}
      />
    </ConfirmDialog>
  )
}

const columns = (onDone: OnDone): readonly Column<Utilisation>[] => [
  { cle: 'at', titre: 'Utilisé le', cell: (row) => <Instant at={row.at} /> },
  { cle: 'lieu', titre: 'Lieu', cell: (row) => row.lieu },
  { cle: 'collectivite', titre: 'Collectivité', cell: (row) => row.collectivite },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: (row) => REDEMPTION_LABELS[row.statut] },
  { cle: 'incident', titre: 'Incident', cell: (row) => <Ask use={row} onDone={onDone} /> },
]

export const Component = () => {
  const { bordereau, page } = useWarmed<typeof loader>()
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <Page
      titre={`Utilisations du bordereau ${bordereau.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.bordereaux(), label: 'Bordereaux' },
        { to: paths.bordereau({ bordereauId: bordereau.id }), label: bordereau.reference },
      ]}
      intro={`${bordereau.structure.nom}. Une utilisation payée à tort se retient sur un prochain bordereau, à deux.`}
    >
      <SaidNotice said={said}>
        <Link to={paths.incidents()}>Voir les incidents</Link>
      </SaidNotice>
      <DataTable
        caption={plural(page.total ?? page.items.length, 'utilisation')}
        rows={page.items}
        rowKey={(row) => row.id}
        columns={columns(setSaid)}
        empty={<EmptyState titre="Aucune utilisation">Ce bordereau ne paie que des reports.</EmptyState>}
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
