import type { FactureSummary } from '@pass/contracts/factures.ts'
import { FACTURE_LABELS, FACTURE_NATURE_LABELS, FACTURE_TOUR } from '@pass/domain/factures.ts'
import { plural } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { useSession } from '../../session.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FilterSelect, Filters } from '../../ui/filters.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { optionsOf } from '../../ui/select-field.tsx'
import { Euros, Jour } from '../../ui/values.tsx'
import { tourInWords } from '../commandes/next-step.ts'
import { FactureBadge } from './facture-badge.tsx'

type Props = {
  page: { items: readonly FactureSummary[]; suivant: string | null; total: number | null }
  rowLink: (row: FactureSummary) => string
  /** Whose document: useless to the collectivité itself. */
  avecCollectivite?: boolean
  empty: ReactNode
}

const TourCell = ({ statut }: Pick<FactureSummary, 'statut'>) => {
  const { organisation } = useSession()
  const words = tourInWords(FACTURE_TOUR[statut], organisation.type)
  return words === 'À vous' ? <strong>{words}</strong> : <span className="doux">{words}</span>
}

const columnsOf = (avecCollectivite: boolean): Column<FactureSummary>[] => [
  { cle: 'numero', titre: 'Numéro', cell: (row) => row.numero, code: true },
  { cle: 'nature', titre: 'Document', cell: (row) => FACTURE_NATURE_LABELS[row.nature] },
  ...(avecCollectivite ? [{ cle: 'collectivite', titre: 'Collectivité', cell: (row: FactureSummary) => row.collectivite.nom }] : []),
  { cle: 'commande', titre: 'Commande', cell: (row) => row.commande.reference, code: true },
  { cle: 'date', titre: 'Établi le', cell: (row) => <Jour date={row.dateEmission} /> },
  { cle: 'echeance', titre: 'À payer avant le', cell: (row) => <Jour date={row.dateEcheance} /> },
  { cle: 'total', titre: 'Total', cell: (row) => <Euros centimes={row.totalCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: (row) => <FactureBadge statut={row.statut} /> },
  { cle: 'tour', titre: 'À qui le tour', cell: (row) => <TourCell statut={row.statut} /> },
]

/** Invoices and avoirs in reach, filtered by kind and statut. */
export const FacturesTable = ({ page, rowLink, avecCollectivite = false, empty }: Props) => (
  <DataTable
    caption={plural(page.total ?? page.items.length, 'document')}
    rows={page.items}
    rowKey={(row) => row.id}
    rowLink={rowLink}
    filters={
      <Filters>
        <FilterSelect name="nature" label="Document" options={optionsOf(FACTURE_NATURE_LABELS)} />
        <FilterSelect name="statut" label="Statut" options={optionsOf(FACTURE_LABELS)} />
      </Filters>
    }
    columns={columnsOf(avecCollectivite)}
    empty={empty}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
