import type { compteRoutes } from '@pass/contracts/comptes.ts'
import type { Output } from '@pass/contracts/route.ts'
import { plural } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Euros, Instant } from '../../ui/values.tsx'

type Page = Output<typeof compteRoutes.listTransfers>

const COLUMNS: Column<Page['items'][number]>[] = [
  {
    cle: 'date',
    titre: 'Date',
    cell: (row) => (
      <span className="insecable">
        <Instant at={row.at} />
      </span>
    ),
  },
  { cle: 'motif', titre: 'Motif', cell: (row) => row.motif },
  { cle: 'de', titre: 'De', cell: (row) => row.de },
  { cle: 'vers', titre: 'Vers', cell: (row) => row.vers },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]

type Props = {
  page: Page
  filters?: ReactNode
  empty: ReactNode
  /** What a line is made of. */
  to: (line: { cle: string }) => string
}

/** Lines of the ledger: each moves an amount from one account to another, and none is ever changed. */
export const EcrituresTable = ({ page, filters, empty, to }: Props) => (
  <DataTable
    caption={page.total === null ? 'Écritures, la plus récente en premier' : plural(page.total, 'écriture')}
    rows={page.items}
    rowKey={(row) => row.cle}
    rowLink={to}
    {...(filters && { filters })}
    columns={COLUMNS}
    empty={empty}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
