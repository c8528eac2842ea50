import type { MoisComptable } from '@pass/contracts/livres.ts'
import { formatMonth, parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { Lock, LockOpen } from 'lucide-react'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Euros, Jour } from '../../ui/values.tsx'

const State = ({ closAt }: Pick<MoisComptable, 'closAt'>) =>
  closAt === null ? (
    <Badge tone="attente" icon={LockOpen}>
      Ouvert
    </Badge>
  ) : (
    <span className="equilibre">
      <Badge tone="bien" icon={Lock}>
        Clos
      </Badge>
      <span className="petit doux">
        le <Jour date={parisDay(new Date(closAt))} />
      </span>
    </span>
  )

const COLUMNS: readonly Column<MoisComptable>[] = [
  { cle: 'mois', titre: 'Mois', cell: (row) => formatMonth(row.mois) },
  { cle: 'operateur', titre: 'Opérateur', cell: (row) => row.operateur.nom },
  { cle: 'ecritures', titre: 'Écritures', cell: (row) => formatNumber(row.ecritures), align: 'droite' },
  { cle: 'montant', titre: 'Sommes déplacées', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'État', cell: (row) => <State closAt={row.closAt} /> },
]

const captionOf = (items: readonly MoisComptable[]) =>
  `${plural(items.length, 'mois', 'mois')}, ${plural(items.filter(({ closAt }) => closAt !== null).length, 'clos', 'clos')}`

/** The months of the books, the last one first: a closed one never changes. */
export const MoisTable = ({ items, avecOperateur = false }: { items: readonly MoisComptable[]; avecOperateur?: boolean }) => (
  <DataTable
    caption={captionOf(items)}
    columns={COLUMNS.filter(({ cle }) => avecOperateur || cle !== 'operateur')}
    rows={items}
    rowKey={(row) => `${row.operateur.id} ${row.mois}`}
    empty={<EmptyState titre="Aucun mois">Le premier mois paraît avec la première écriture du grand livre.</EmptyState>}
  />
)
