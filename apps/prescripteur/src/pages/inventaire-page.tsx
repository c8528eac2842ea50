import type { Comptage } from '@pass/contracts/inventaires.ts'
import { formatLongDay, parisDay } from '@pass/domain/days.ts'
import { COMPTAGE_LABELS } from '@pass/domain/inventaires.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { CountForm } from '@pass/web/modules/carnets/count-form.tsx'
import { Plage } from '@pass/web/modules/carnets/plage.tsx'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { CARNET_READS, listComptages } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = () => warm({ comptages: apiQuery(listComptages, {}) })

const ComptageBadge = statutBadge(COMPTAGE_LABELS, { a_faire: 'attente', juste: 'bien', ecart: 'refus', absent: 'neutre' })

const COLUMNS: readonly Column<Comptage>[] = [
  { cle: 'collectivite', titre: 'Collectivité', cell: (row) => row.collectivite.nom },
  { cle: 'statut', titre: 'Compte', cell: (row) => <ComptageBadge statut={row.statut} /> },
  { cle: 'comptes', titre: 'Comptés', cell: (row) => (row.comptes === null ? '–' : formatNumber(row.comptes)), align: 'droite' },
  {
    cle: 'manquants',
    titre: 'Manquants',
    cell: (row) =>
      row.manquants === 0
        ? '0'
        : row.plagesManquantes.map(({ premier, dernier }) => (
            <div key={premier}>
              <Plage premiere={premier} derniere={dernier} />
            </div>
          )),
  },
  { cle: 'date', titre: 'Compté le', cell: (row) => <Jour date={row.compteAt && parisDay(new Date(row.compteAt))} /> },
]

export const Component = () => {
  const { comptages } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  const todo = comptages.items.filter(({ statut }) => statut === 'a_faire')
  const past = comptages.items.filter(({ statut }) => statut !== 'a_faire')
  return (
    <Page
      titre="Inventaire"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.stock(), label: 'Mon stock' },
      ]}
      intro="La collectivité demande de compter vos carnets. Ceux qui manquent sont bloqués tout de suite."
      fait={done}
    >
      {todo.map((comptage) => (
        <Card key={comptage.id} titre={`${comptage.collectivite.nom} : à compter avant le ${formatLongDay(comptage.echeance)}`}>
          <CountForm comptage={comptage} invalidates={[...CARNET_READS, listComptages]} onDone={setDone} />
        </Card>
      ))}
      {todo.length === 0 && (
        <EmptyState
          titre="Aucun compte à faire"
          action={
            <LinkButton variant="second" to={paths.stock()}>
              Voir mon stock
            </LinkButton>
          }
        >
          Vous serez prévenu quand une collectivité ouvrira un inventaire.
        </EmptyState>
      )}
      {past.length > 0 && (
        <DataTable
          caption={plural(past.length, 'compte passé', 'comptes passés')}
          rows={past}
          rowKey={(row) => row.id}
          columns={COLUMNS}
          empty=""
        />
      )}
    </Page>
  )
}
