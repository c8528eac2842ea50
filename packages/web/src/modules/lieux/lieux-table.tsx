import type { Lieu } from '@pass/contracts/lieux.ts'
import { formatDuration } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { plural } from '@pass/domain/money.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterSearch, FilterSelect, Filters } from '../../ui/filters.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { optionsOf } from '../../ui/select-field.tsx'

type Page = { items: readonly Lieu[]; suivant: string | null; total: number | null }
type Props = { page: Page; departements: readonly { code: string; nom: string }[] }

const Place = ({ adresse, codePostal, commune, itinerant }: Lieu) => (
  <>
    {adresse}, {codePostal} {commune}
    {itinerant && <span className="petit doux"> (lieu itinérant)</span>}
  </>
)

const Phone = ({ telephone }: Lieu) =>
  telephone ? (
    <a className="insecable" href={`tel:${telephone.replaceAll(' ', '')}`}>
      {telephone}
    </a>
  ) : (
    <span className="doux">Pas de téléphone</span>
  )

const Themes = ({ themes }: Lieu) => (
  <span className="petit">
    {themes.length === 0 ? <span className="doux">Aucun service indiqué</span> : themes.map((code) => THEME_LABELS[code]).join(', ')}
  </span>
)

const COLUMNS: Column<Lieu>[] = [
  { cle: 'nom', titre: 'Lieu', cell: (row) => <strong>{row.nom}</strong> },
  { cle: 'adresse', titre: 'Adresse', cell: (row) => <Place {...row} /> },
  { cle: 'telephone', titre: 'Téléphone', cell: (row) => <Phone {...row} /> },
  {
    cle: 'ouverture',
    titre: 'Ouvert par semaine',
    cell: (row) => (row.minutesSemaine === null ? <span className="doux">Non indiqué</span> : formatDuration(row.minutesSemaine)),
  },
  { cle: 'services', titre: 'Services', cell: (row) => <Themes {...row} /> },
]

/** The places that accept the pass, as the public sees them. */
export const LieuxTable = ({ page, departements }: Props) => (
  <DataTable
    caption={
      page.total === null
        ? 'Lieux qui acceptent le Pass numérique'
        : plural(page.total, 'lieu qui accepte le Pass numérique', 'lieux qui acceptent le Pass numérique')
    }
    rows={page.items}
    rowKey={(row) => row.id}
    filters={
      <Filters>
        <FilterSelect
          name="departement"
          label="Département"
          options={departements.map(({ code, nom }) => ({ value: code, label: `${nom} (${code})` }))}
        />
        <FilterSelect name="theme" label="Service" options={optionsOf(THEME_LABELS)} />
        <FilterSearch name="recherche" label="Nom ou commune" />
      </Filters>
    }
    columns={COLUMNS}
    empty={<EmptyState titre="Aucun lieu ici">Essayez un autre mot ou effacez les filtres.</EmptyState>}
    pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
  />
)
