import type { Financement, FinanceurSituation } from '@pass/contracts/financement.ts'
import { plural, pluralPass } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Euros } from '../../ui/values.tsx'

type Props = {
  page: { items: readonly Financement[]; suivant: string | null; total: number | null }
  rowLink: (row: Financement) => string
  /** Whose convention: useless to the collectivité itself. */
  avecCollectivite?: boolean
  /** What the amount is: the used pass, or the reader’s own part of them. */
  montant?: string
  empty: ReactNode
}

type Stage = 'aAppelerCentimes' | 'appeleCentimes' | 'recuCentimes'
const sumOf = ({ financeurs }: Financement, stage: Stage) =>
  financeurs.reduce((sum: number, one: FinanceurSituation) => sum + one[stage], 0)

/** True when called, received and left to call are the used pass, to the centime. */
export const EquilibreBadge = ({ equilibre }: Pick<Financement, 'equilibre'>) => (
  <Badge tone={equilibre ? 'bien' : 'refus'}>{equilibre ? 'Au centime' : 'Écart'}</Badge>
)

const columnsOf = (avecCollectivite: boolean, montant: string): Column<Financement>[] => [
  { cle: 'convention', titre: 'Convention', cell: ({ convention }) => `${convention.reference} ${convention.nom}` },
  ...(avecCollectivite ? [{ cle: 'collectivite', titre: 'Collectivité', cell: (row: Financement) => row.collectivite.nom }] : []),
  { cle: 'pass', titre: 'Pass clôturés', cell: (row) => pluralPass(row.pass), align: 'droite' },
  { cle: 'montant', titre: montant, cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'a_appeler', titre: 'Reste à appeler', cell: (row) => <Euros centimes={sumOf(row, 'aAppelerCentimes')} />, align: 'droite' },
  { cle: 'appele', titre: 'Appelé, attendu', cell: (row) => <Euros centimes={sumOf(row, 'appeleCentimes')} />, align: 'droite' },
  { cle: 'recu', titre: 'Reçu', cell: (row) => <Euros centimes={sumOf(row, 'recuCentimes')} />, align: 'droite' },
  { cle: 'equilibre', titre: 'Compte', cell: (row) => <EquilibreBadge equilibre={row.equilibre} /> },
]

/** Conventions with where their financing stands; each opens its financeurs. */
export const FinancementsTable = ({ page, rowLink, avecCollectivite = false, montant = 'Valeur utilisée', empty }: Props) => (
  <DataTable
    caption={plural(page.total ?? page.items.length, 'convention')}
    rows={page.items}
    rowKey={({ convention }) => convention.id}
    rowLink={rowLink}
    columns={columnsOf(avecCollectivite, montant)}
    empty={empty}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
