import type { DevoirLu } from '@pass/contracts/conventions-versions.ts'
import { DEVOIR_ETAT_LABELS } from '@pass/domain/convention-devoirs.ts'
import { plural } from '@pass/domain/money.ts'
import { statutBadge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Jour } from '../../ui/values.tsx'

const DevoirBadge = statutBadge(DEVOIR_ETAT_LABELS, {
  fait: 'bien',
  en_retard: 'refus',
  proche: 'attente',
  a_venir: 'info',
  passe: 'neutre',
})

const COLUMNS: Column<DevoirLu>[] = [
  { cle: 'date', titre: 'Date', cell: (row) => <Jour date={row.date} /> },
  {
    cle: 'titre',
    titre: 'Ce qui est attendu',
    cell: (row) => (
      <>
        {row.titre}
        <span className="petit doux"> – {row.detail}</span>
      </>
    ),
  },
  { cle: 'acteur', titre: 'Qui', cell: (row) => row.acteur },
  { cle: 'etat', titre: 'État', cell: (row) => <DevoirBadge statut={row.etat} /> },
]

/** What is not over: late, near or to come. */
export const pendingDevoirs = (devoirs: readonly DevoirLu[]): DevoirLu[] =>
  devoirs.filter(({ etat }) => etat !== 'fait' && etat !== 'passe')

/** Days by which somebody owes something, the nearest first. */
export const DevoirsTable = ({ devoirs }: { devoirs: readonly DevoirLu[] }) => (
  <DataTable
    caption={plural(devoirs.length, 'date')}
    rows={devoirs}
    rowKey={(row) => row.cle}
    columns={COLUMNS}
    empty={<p className="vide doux">Plus rien n’est attendu pour cette convention.</p>}
  />
)
