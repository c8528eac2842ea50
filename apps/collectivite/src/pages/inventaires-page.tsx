import { inventaireRoutes } from '@pass/contracts/inventaires.ts'
import type { Output } from '@pass/contracts/route.ts'
import { addDays, parisDay } from '@pass/domain/days.ts'
import { INVENTAIRE_JOURS, whyNotOpenInventaire } from '@pass/domain/inventaires.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { ClipboardList } from 'lucide-react'
import { useState } from 'react'
import { type LoaderFunctionArgs, useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { InventaireBadge } from '../widgets/inventaire-badges.tsx'
import { INVENTAIRE_READS } from '../widgets/inventaire-reads.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(inventaireRoutes.listInventaires, { query: queryFrom(inventaireRoutes.listInventaires, request) }) })

type Entete = Output<typeof inventaireRoutes.listInventaires>['items'][number]

const COLUMNS: Column<Entete>[] = [
  { cle: 'ouvert', titre: 'Ouvert le', cell: (row) => <Jour date={parisDay(new Date(row.ouvertAt))} /> },
  { cle: 'statut', titre: 'Statut', cell: (row) => <InventaireBadge statut={row.statut} /> },
  { cle: 'echeance', titre: 'À compter avant le', cell: (row) => <Jour date={row.echeance} /> },
  { cle: 'faits', titre: 'Points comptés', cell: (row) => `${formatNumber(row.faits)} sur ${formatNumber(row.points)}`, align: 'droite' },
  { cle: 'manquants', titre: 'Carnets manquants', cell: (row) => formatNumber(row.manquants), align: 'droite' },
  { cle: 'par', titre: 'Ouvert par', cell: (row) => row.ouvertPar },
]

const Open = ({ enCours }: { enCours: boolean }) => {
  const whyNot = useWhyNot()
  const navigate = useNavigate()
  const [echeance, setEcheance] = useState(addDays(today(), INVENTAIRE_JOURS))
  const open = useApiMutation(inventaireRoutes.openInventaire, { invalidates: INVENTAIRE_READS })
  return (
    <ConfirmDialog
      label="Ouvrir un inventaire"
      variant="principal"
      icon={ClipboardList}
      disabledReason={whyNot('inventaire:manage', whyNotOpenInventaire({ enCours, points: 1 }))}
      titre="Ouvrir un inventaire ?"
      action="Ouvrir l’inventaire"
      actionReason={echeance < today() ? 'Choisissez un jour à venir.' : null}
      onConfirm={async () => {
        const { id } = await open.mutateAsync({ body: { echeance } })
        await navigate(paths.inventaire({ inventaireId: id }))
      }}
    >
      <p>Chaque prescripteur qui a des carnets reçoit la demande de les compter. Vous comptez votre réserve.</p>
      <DateField label="Dernier jour pour compter" min={today()} value={echeance} onChange={({ target }) => setEcheance(target.value)} />
    </ConfirmDialog>
  )
}

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const open = <Open enCours={page.items.some(({ statut }) => statut === 'ouvert')} />
  return (
    <Page
      titre="Inventaires"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.stock(), label: 'Stock et attributions' },
      ]}
      intro="Chaque point de stock compte ses carnets. Les manquants sont bloqués, puis annulés à deux."
      actions={page.items.length > 0 && open}
    >
      <DataTable
        caption={plural(page.total ?? page.items.length, 'inventaire')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.inventaire({ inventaireId: row.id })}
        columns={COLUMNS}
        empty={
          <EmptyState titre="Aucun inventaire" action={open}>
            Une fois par an au moins, faites compter les carnets de chaque point de stock.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
