import { compteRoutes } from '@pass/contracts/comptes.ts'
import type { Output } from '@pass/contracts/route.ts'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { fileUrl } from '../../api.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ExportLink } from '../../ui/file-link.tsx'
import { readSearch } from '../../url.ts'
import { ComptesTable } from './comptes-table.tsx'
import { EcrituresFilters } from './ecritures-filters.tsx'
import { EcrituresTable } from './ecritures-table.tsx'
import type { LedgerFilter } from './filter.ts'

type Props = {
  conventionId: string
  grandLivre: Output<typeof compteRoutes.getGrandLivre>
  ecritures: Output<typeof compteRoutes.listTransfers>
  to: (filter: LedgerFilter) => string
  toLine: (line: { cle: string }) => string
  /** A filter of the page's own: which convention. */
  choice?: ReactNode
}

/** The books of a convention: balances at a date, then the lines behind them, as a table and as a file. */
export const GrandLivreView = ({ conventionId, grandLivre, ecritures, to, toLine, choice }: Props) => {
  const [search] = useSearchParams()
  const query = readSearch(compteRoutes.exportTransfers.query, search) as LedgerFilter
  return (
    <>
      <div className="tableau">
        <EcrituresFilters comptes={grandLivre.comptes}>{choice}</EcrituresFilters>
      </div>
      <section className="pile" aria-labelledby="soldes">
        <h2 id="soldes">Soldes</h2>
        <ComptesTable grandLivre={grandLivre} to={(filter) => `${to(filter)}#ecritures`} />
      </section>
      <section className="pile" aria-labelledby="ecritures">
        <div className="carte-titre">
          <h2 id="ecritures">Écritures</h2>
          <ExportLink href={fileUrl(compteRoutes.exportTransfers, { params: { conventionId }, query })}>Exporter (CSV)</ExportLink>
        </div>
        <EcrituresTable
          page={ecritures}
          to={toLine}
          empty={
            <EmptyState titre="Aucune écriture">
              Aucune écriture ne répond à ces filtres. La première d’une convention paraît quand des fonds sont reçus.
            </EmptyState>
          }
        />
      </section>
    </>
  )
}
