import type { Conflit } from '@pass/contracts/guichet.ts'
import { formatInstant, PARIS } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { listConflits } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listConflits, { query: queryFrom(listConflits, request) }) })

const Role = ({ role }: { role: Conflit['role'] }) =>
  role === 'gagnant' ? <Badge tone="bien">Payé ici</Badge> : <Badge tone="refus">Non payé ici</Badge>

const COLUMNS: readonly Column<Conflit>[] = [
  { cle: 'pass', titre: 'Pass', cell: ({ serie, rangPass }) => `${serie}, pass ${rangPass}`, code: true },
  { cle: 'at', titre: 'Le', cell: ({ at }) => formatInstant(new Date(at), PARIS) },
  { cle: 'role', titre: 'Résultat', cell: ({ role }) => <Role role={role} /> },
  { cle: 'message', titre: 'Ce qui s’est passé', cell: ({ message }) => message },
  { cle: 'suite', titre: 'Que faire', cell: ({ suite }) => suite },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Pass présentés deux fois"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.guichet(), label: 'Guichet' },
      ]}
      intro="Un même pass lu ici et dans un autre lieu. Le premier arrivé au service est payé."
    >
      <DataTable
        caption={
          page.total === null ? 'Pass présentés deux fois' : plural(page.total, 'pass présenté deux fois', 'pass présentés deux fois')
        }
        rows={page.items}
        rowKey={({ id }) => id}
        rowLink={({ atelierId }) => paths.atelier({ atelierId })}
        columns={COLUMNS}
        empty={
          <EmptyState titre="Aucun pass présenté deux fois">
            Quand un pass lu sans réseau aura déjà servi ailleurs, vous le verrez ici.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
