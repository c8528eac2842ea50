import type { Financement, PartFinanceur } from '@pass/contracts/financement.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { percent, plural, pluralPass } from '@pass/domain/money.ts'
import { Link } from 'react-router'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterSelect, Filters } from '../../ui/filters.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Euros, Instant } from '../../ui/values.tsx'
import { AppelBadge } from './appel-badge.tsx'

type Props = {
  page: { items: readonly PartFinanceur[]; suivant: string | null; total: number | null }
  financeurs: Financement['financeurs']
  appel: (appelId: string) => string
}

const AppelCell = ({ part: { appel }, to }: { part: PartFinanceur; to: Props['appel'] }) =>
  appel ? (
    <>
      <Link to={to(appel.id)}>{appel.numero ?? 'Brouillon'}</Link> <AppelBadge statut={appel.statut} />
    </>
  ) : (
    <span className="doux">Pas encore appelée</span>
  )

const columnsOf = (appel: Props['appel']): Column<PartFinanceur>[] => [
  { cle: 'mois', titre: 'Clôture', cell: ({ mois }) => formatMonth(mois) },
  { cle: 'at', titre: 'Faite le', cell: ({ at }) => <Instant at={at} /> },
  { cle: 'nom', titre: 'Financeur', cell: ({ nom }) => nom },
  { cle: 'pass', titre: 'Pass de la clôture', cell: ({ pass }) => pluralPass(pass), align: 'droite' },
  { cle: 'cle', titre: 'Clé', cell: ({ cleBp }) => percent(cleBp), align: 'droite' },
  { cle: 'montant', titre: 'Part', cell: ({ montantCentimes }) => <Euros centimes={montantCentimes} />, align: 'droite' },
  { cle: 'appel', titre: 'Appel de fonds', cell: (part) => <AppelCell part={part} to={appel} /> },
]

/** What each closing charged to each financeur, and the call it is in. */
export const PartsTable = ({ page, financeurs, appel }: Props) => (
  <DataTable
    caption={plural(page.total ?? page.items.length, 'part')}
    rows={page.items}
    rowKey={({ id }) => id}
    filters={
      financeurs.length > 1 && (
        <Filters>
          <FilterSelect name="cle" label="Financeur" options={financeurs.map(({ cle, nom }) => ({ value: cle, label: nom }))} />
        </Filters>
      )
    }
    columns={columnsOf(appel)}
    empty={
      <EmptyState titre="Aucune part ici">
        Chaque clôture des remboursements partage ses pass utilisés entre les financeurs. Sa part paraîtra ici.
      </EmptyState>
    }
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
