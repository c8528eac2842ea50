import type { CommandeSummary } from '@pass/contracts/commandes.ts'
import { factureRoutes } from '@pass/contracts/factures.ts'
import { COMMANDE_LABELS, type CommandeStatut } from '@pass/domain/commandes.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { parisDay } from '@pass/domain/days.ts'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { fileUrl } from '../../api.ts'
import { useSession } from '../../session.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ExportLink } from '../../ui/file-link.tsx'
import { FilterSelect, Filters } from '../../ui/filters.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { optionsOf } from '../../ui/select-field.tsx'
import { Euros, Jour } from '../../ui/values.tsx'
import { readSearch } from '../../url.ts'
import { CommandeBadge } from './commande-badge.tsx'
import { EcheanceWords } from './echeance.tsx'
import { tourInWords, tourOf } from './next-step.ts'

type Page = { items: readonly CommandeSummary[]; suivant: string | null; total: number | null }
type Props = {
  page: Page
  rowLink: (row: CommandeSummary) => string
  /** Conventions of the filter; without them the list is filtered by statut only. */
  conventions?: readonly { id: string; nom: string }[]
  /** Whose commande: useless to the collectivité itself. */
  avecCollectivite?: boolean
  empty: ReactNode
}

const TourCell = ({ statut, echeance }: Pick<CommandeSummary, 'statut' | 'echeance'>) => {
  const { organisation } = useSession()
  const words = tourInWords(tourOf(statut), organisation.type)
  return (
    <>
      {words === 'À vous' ? <strong>{words}</strong> : <span className="doux">{words}</span>} <EcheanceWords echeance={echeance} />
    </>
  )
}

// One column for the two: beside the others there is no room for both.
const WhoseCell = ({ collectivite, convention }: Pick<CommandeSummary, 'collectivite' | 'convention'>) => (
  <>
    {collectivite.nom} <span className="petit doux sous">{convention.nom}</span>
  </>
)

const columnsOf = (avecCollectivite: boolean): Column<CommandeSummary>[] => [
  { cle: 'reference', titre: 'Commande', cell: (row) => row.reference, code: true },
  avecCollectivite
    ? { cle: 'collectivite', titre: 'Collectivité, convention', cell: (row) => <WhoseCell {...row} /> }
    : { cle: 'convention', titre: 'Convention', cell: (row) => row.convention.nom },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.quantite), align: 'droite' },
  { cle: 'montant', titre: 'Valeur des pass', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'date', titre: 'Demandée le', cell: (row) => <Jour date={parisDay(new Date(row.createdAt))} /> },
  { cle: 'statut', titre: 'Statut', cell: (row) => <CommandeBadge statut={row.statut} /> },
  { cle: 'tour', titre: 'À qui le tour', cell: (row) => <TourCell {...row} /> },
]

const NOT_ORDERED: readonly CommandeStatut[] = ['brouillon', 'annulee']

// A sum is said only when every row it adds up is on screen; a draft or a cancelled one is not « commandé » (as in the funnel).
const captionOf = ({ items, suivant, total }: Page): string => {
  const count = plural(total ?? items.length, 'commande')
  if (suivant !== null || items.length !== (total ?? items.length)) return count
  const ordered = items.filter(({ statut }) => !NOT_ORDERED.includes(statut))
  const carnets = ordered.reduce((sum, row) => sum + row.quantite, 0)
  const centimes = ordered.reduce((sum, row) => sum + row.montantCentimes, 0)
  const left = ordered.length < items.length ? ' (sans les brouillons ni les commandes annulées)' : ''
  return `${count}, ${plural(carnets, 'carnet commandé', 'carnets commandés')}, ${euros(centimes)}${left}`
}

const CommandeFilters = ({ conventions = [] }: Pick<Props, 'conventions'>) => {
  const { organisation } = useSession()
  const tours = (['operateur', 'collectivite'] as const).map((tour) => ({ value: tour, label: tourInWords(tour, organisation.type) }))
  return (
    <Filters>
      <FilterSelect name="statut" label="Statut" options={optionsOf(COMMANDE_LABELS)} />
      <FilterSelect name="tour" label="À qui le tour" options={tours} />
      {conventions.length > 0 && (
        <FilterSelect
          name="conventionId"
          label="Convention"
          vide="Toutes"
          options={conventions.map(({ id, nom }) => ({ value: id, label: nom }))}
        />
      )}
    </Filters>
  )
}

/** The list on screen as a file: the same filters. */
export const CommandesExport = () => {
  const [search] = useSearchParams()
  const query = readSearch(factureRoutes.exportCommandes.query, search)
  return <ExportLink href={fileUrl(factureRoutes.exportCommandes, { query })}>Exporter la liste</ExportLink>
}

/** Commandes in reach, filtered by statut, turn and convention. */
export const CommandesTable = ({ page, rowLink, conventions = [], avecCollectivite = false, empty }: Props) => (
  <DataTable
    caption={captionOf(page)}
    rows={page.items}
    rowKey={(row) => row.id}
    rowLink={rowLink}
    filters={<CommandeFilters conventions={conventions} />}
    columns={columnsOf(avecCollectivite)}
    empty={empty}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
