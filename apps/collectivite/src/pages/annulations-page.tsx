import { type Annulation, oppositionRoutes } from '@pass/contracts/oppositions.ts'
import { parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { ANNULATION_LABELS, whyNotDecideAnnulation } from '@pass/domain/oppositions.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { Plage } from '@pass/web/modules/carnets/plage.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { useSession } from '@pass/web/session.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { AnnulationBadge } from '../widgets/inventaire-badges.tsx'
import { INVENTAIRE_READS } from '../widgets/inventaire-reads.ts'

const { listAnnulations, decideAnnulation } = oppositionRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listAnnulations, { query: queryFrom(listAnnulations, request) }) })

const Carnets = ({ annulation: { plages, carnets } }: { annulation: Annulation }) => (
  <>
    {plages.slice(0, 3).map(({ premier, dernier }) => (
      <div key={premier}>
        <Plage premiere={premier} derniere={dernier} />
      </div>
    ))}
    {plages.length > 3 && (
      <div className="doux petit">{`et ${plural(plages.length - 3, 'autre plage', 'autres plages')}, ${plural(carnets, 'carnet')} en tout`}</div>
    )}
  </>
)

/** The second person: somebody else than the one who asked. */
const Decide = ({ annulation, onDone }: { annulation: Annulation; onDone: (fact: string) => void }) => {
  const whyNot = useWhyNot()
  const { utilisateur } = useSession()
  const { id, statut, carnets, demandePar } = annulation
  const decide = useApiMutation(decideAnnulation, {
    invalidates: INVENTAIRE_READS,
    onSuccess: ({ statut: now }) =>
      onDone(
        now === 'confirmee'
          ? `${plural(carnets, 'carnet annulé', 'carnets annulés')}. Leur valeur sera créditée par un avoir.`
          : 'Annulation refusée. Les carnets restent où ils étaient.',
      ),
  })
  if (annulation.decidePar) return <>{annulation.decidePar.nom}</>
  const refusal = whyNotDecideAnnulation({ statut, demandePar: demandePar.id, par: utilisateur.id })
  if (refusal?.code === 'meme_personne') return <span className="doux">À une autre personne de décider</span>
  const act = (accord: boolean) => decide.mutateAsync({ params: { annulationId: id }, body: { accord } })
  const reason = whyNot('carnet:cancel', refusal)
  if (reason) return <span className="doux petit">{reason}</span>
  return (
    <ButtonRow>
      <ConfirmDialog
        label="Confirmer"
        variant="danger"
        danger
        titre={`Annuler ${plural(carnets, 'carnet')} ?`}
        action={`Annuler ${plural(carnets, 'carnet')}`}
        onConfirm={() => act(true)}
      >
        <p>Ces carnets ne serviront plus jamais, même retrouvés.</p>
        <p>
          Valeur à créditer&nbsp;: <Euros centimes={annulation.montantCentimes} />
        </p>
      </ConfirmDialog>
      <ConfirmDialog label="Refuser" titre="Refuser cette annulation ?" action="Refuser l’annulation" onConfirm={() => act(false)}>
        <p>Les carnets restent où ils sont.</p>
      </ConfirmDialog>
    </ButtonRow>
  )
}

const columns = (onDone: (fact: string) => void): Column<Annulation>[] => [
  { cle: 'date', titre: 'Demandée le', cell: (row) => <Jour date={parisDay(new Date(row.demandeAt))} /> },
  { cle: 'statut', titre: 'Statut', cell: (row) => <AnnulationBadge statut={row.statut} /> },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'numeros', titre: 'Numéros', cell: (row) => <Carnets annulation={row} /> },
  { cle: 'motif', titre: 'Motif', cell: (row) => row.motif },
  { cle: 'valeur', titre: 'Valeur', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'par', titre: 'Demandée par', cell: (row) => row.demandePar.nom },
  { cle: 'decision', titre: 'Décision', cell: (row) => <Decide annulation={row} onDone={onDone} /> },
]

const ASK = <LinkButton to={paths.demanderAnnulation()}>Demander une annulation</LinkButton>

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  return (
    <Page
      titre="Annulations de carnets"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.carnets(), label: 'Carnets' },
      ]}
      intro="Une personne demande, une autre confirme. Seuls des carnets jamais utilisés s’annulent."
      actions={ASK}
      fait={done}
    >
      <DataTable
        caption={plural(page.total ?? page.items.length, 'annulation')}
        rows={page.items}
        rowKey={(row) => row.id}
        columns={columns(setDone)}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" vide="Toutes" options={optionsOf(ANNULATION_LABELS)} />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucune annulation ici" action={ASK}>
            Les carnets détruits, ou jamais retrouvés, s’annulent à deux.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
