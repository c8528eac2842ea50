import { changesOf, type CouvertureJour } from '@pass/domain/couverture-fonds.ts'
import { formatDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Euros } from '../../ui/values.tsx'

const COLUMNS: readonly Column<CouvertureJour>[] = [
  { cle: 'jour', titre: 'Jour', cell: (row) => formatDay(row.jour) },
  { cle: 'recu', titre: 'Reçus', cell: (row) => <Euros centimes={row.recu} />, align: 'droite' },
  { cle: 'active', titre: 'Activés', cell: (row) => <Euros centimes={row.active} />, align: 'droite' },
  { cle: 'utilise', titre: 'Utilisés', cell: (row) => <Euros centimes={row.utilise} />, align: 'droite' },
  { cle: 'paye', titre: 'Payés', cell: (row) => <Euros centimes={row.paye} />, align: 'droite' },
  { cle: 'annule', titre: 'Annulés, expirés', cell: (row) => <Euros centimes={row.annule} />, align: 'droite' },
  { cle: 'reste', titre: 'Reste couvert', cell: (row) => <Euros centimes={row.reste} />, align: 'droite' },
]

/** The same figures as the drawing, on the days when one of them changed, the last one first. */
export const CouvertureTable = ({ days }: { days: readonly CouvertureJour[] }) => {
  const rows = changesOf(days).toReversed()
  return (
    <DataTable
      caption={`${plural(rows.length, 'jour')} où une somme a changé, sur ${plural(days.length, 'jour')} ; l’export les donne tous`}
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.jour}
      empty={<EmptyState titre="Aucun jour">Choisissez une période qui contient au moins un jour.</EmptyState>}
    />
  )
}
