import type { AtelierSummary } from '@pass/contracts/ateliers.ts'
import { formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import type { ReactNode } from 'react'
import { paths } from '../paths.ts'
import { AtelierBadge } from '../widgets/atelier-badge.tsx'

const COLUMNS: readonly Column<AtelierSummary>[] = [
  {
    cle: 'date',
    titre: 'Atelier',
    cell: (row) => (
      <span className="insecable">
        <Jour date={row.date} /> à {formatTime(row.debut)}
      </span>
    ),
  },
  { cle: 'theme', titre: 'Thème', cell: (row) => THEME_LABELS[row.theme] },
  { cle: 'lieu', titre: 'Lieu', cell: (row) => row.lieu.nom },
  { cle: 'places', titre: 'Places prises', cell: (row) => `${row.placesPrises} sur ${row.capacite}`, align: 'droite' },
  { cle: 'pass', titre: 'Pass utilisés', cell: (row) => formatNumber(row.passUtilises), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: (row) => <AtelierBadge statut={row.statut} /> },
]

type Page = { items: AtelierSummary[]; suivant: string | null; total: number | null }

/** Every atelier, page by page. */
export const AteliersList = ({ page, action, filters }: { page: Page; action: ReactNode; filters: ReactNode }) => (
  <DataTable
    caption={page.total === null ? 'Ateliers' : plural(page.total, 'atelier')}
    rows={page.items}
    rowKey={(row) => row.id}
    rowLink={(row) => paths.atelier({ atelierId: row.id })}
    columns={COLUMNS}
    filters={filters}
    empty={
      <EmptyState titre="Aucun atelier" action={action}>
        Les ateliers de votre structure paraissent ici.
      </EmptyState>
    }
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
