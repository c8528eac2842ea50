import type { EcheanceSummary } from '@pass/contracts/echeances.ts'
import { A_FAIRE_ECHEANCE_LABELS, ECHEANCE_STATUT_LABELS } from '@pass/domain/echeance-suivi.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Filters, FilterSelect } from '../../ui/filters.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { optionsOf } from '../../ui/select-field.tsx'
import { Jour } from '../../ui/values.tsx'
import { EcheanceBadge } from './echeance-badge.tsx'
import { WhoActs } from './who-acts.tsx'

type Props = {
  page: { items: readonly EcheanceSummary[]; suivant: string | null; total: number | null }
  rowLink: (row: EcheanceSummary) => string
  /** Whose lot: useless to the collectivité itself. */
  avecCollectivite?: boolean
  empty: ReactNode
}

const Next = ({ prochaine }: EcheanceSummary) =>
  prochaine ? (
    <>
      {prochaine.action}
      <span className="petit doux sous">
        <Jour date={prochaine.date} />
      </span>
    </>
  ) : (
    <span className="doux">Rien à faire</span>
  )

const columnsOf = (avecCollectivite: boolean): Column<EcheanceSummary>[] => [
  { cle: 'lot', titre: 'Carnets de la commande', cell: (row) => row.commande.reference, code: true },
  ...(avecCollectivite ? [{ cle: 'collectivite', titre: 'Collectivité', cell: (row: EcheanceSummary) => row.collectivite.nom }] : []),
  { cle: 'convention', titre: 'Convention', cell: (row) => row.convention.nom },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'fin', titre: 'Valables jusqu’au', cell: (row) => <Jour date={row.dateFin} /> },
  { cle: 'statut', titre: 'Statut', cell: (row) => <EcheanceBadge statut={row.statut} /> },
  { cle: 'suite', titre: 'Prochaine étape', cell: (row) => <Next {...row} /> },
  { cle: 'qui', titre: 'Qui doit agir', cell: (row) => <WhoActs prochaine={row.prochaine} /> },
]

// a lot whose date was moved is listed under its new one
const STATUTS = optionsOf(ECHEANCE_STATUT_LABELS).filter(({ value }) => value !== 'prolongee')

// the statement and the closing are the operator's alone
const A_FAIRE = optionsOf(A_FAIRE_ECHEANCE_LABELS)
const AGREE_ONLY = A_FAIRE.filter(({ value }) => value === 'accord')

/** Lots by the day they end: the next step of each, and who must act. */
export const EcheancesTable = ({ page, rowLink, avecCollectivite = false, empty }: Props) => (
  <DataTable
    caption={plural(page.items.length, 'lot')}
    rows={page.items}
    rowKey={(row) => row.lotId}
    rowLink={rowLink}
    filters={
      <Filters>
        <FilterSelect name="statut" label="Statut" vide="Tous, sauf les lots clos" options={STATUTS} />
        <FilterSelect name="aFaire" label="À faire aujourd’hui" vide="Tout" options={avecCollectivite ? A_FAIRE : AGREE_ONLY} />
      </Filters>
    }
    columns={columnsOf(avecCollectivite)}
    empty={empty}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
