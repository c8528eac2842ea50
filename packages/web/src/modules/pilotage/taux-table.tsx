import type { Entonnoir } from '@pass/contracts/pilotage.ts'
import { formatNumber, percent } from '@pass/domain/money.ts'
import { Link } from 'react-router'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import type { EtapeCode } from './etapes.ts'

type Taux = Entonnoir['taux'][number]
type To = (etape: EtapeCode) => string | undefined

/** The stages that a rate divides: its numbers open the same lists as theirs. */
const STAGES: Readonly<Record<string, { de: EtapeCode; sur: EtapeCode }>> = {
  distribution: { de: 'remis', sur: 'livres' },
  usage: { de: 'entames', sur: 'remis' },
  utilisation_actifs: { de: 'utilises', sur: 'actives' },
  utilisation_remis: { de: 'utilises', sur: 'remis' },
}

const Count = ({ value, to }: { value: number; to: string | undefined }) =>
  to ? <Link to={to}>{formatNumber(value)}</Link> : formatNumber(value)

const linkOf = ({ code }: Taux, side: 'de' | 'sur', to: To | undefined): string | undefined => {
  const stage = STAGES[code]?.[side]
  return stage && to?.(stage)
}

const columnsOf = (to: To | undefined): Column<Taux>[] => [
  { cle: 'libelle', titre: 'Taux', cell: (row) => row.libelle },
  {
    cle: 'valeur',
    titre: 'Valeur',
    cell: (row) => (row.valeurBp === null ? <span className="doux">Pas encore calculable</span> : <strong>{percent(row.valeurBp)}</strong>),
    align: 'droite',
  },
  { cle: 'numerateur', titre: 'Comptés', cell: (row) => <Count value={row.numerateur} to={linkOf(row, 'de', to)} />, align: 'droite' },
  { cle: 'denominateur', titre: 'Sur', cell: (row) => <Count value={row.denominateur} to={linkOf(row, 'sur', to)} />, align: 'droite' },
]

/** Rates, each with the two numbers it is made of: a percentage alone says nothing. */
export const TauxTable = ({ taux, to }: Pick<Entonnoir, 'taux'> & { to?: To }) => (
  <DataTable
    caption="Chaque taux, avec ce qu’il compte et ce sur quoi il est calculé."
    rows={taux}
    rowKey={(row) => row.code}
    columns={columnsOf(to)}
    empty={<p className="vide doux">Les taux paraîtront après la première livraison.</p>}
  />
)
