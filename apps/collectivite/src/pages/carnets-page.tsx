import { type Carnet, carnetRoutes } from '@pass/contracts/carnets.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { CARNET_LABELS } from '@pass/domain/carnets.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CarnetBadges } from '@pass/web/modules/carnets/carnet-badges.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSearch, FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    page: apiQuery(carnetRoutes.listCarnets, { query: queryFrom(carnetRoutes.listCarnets, request) }),
    prescripteurs: apiQuery(referentielRoutes.listOrganisations, { query: { type: 'prescripteur' } }),
  })

/** What a number of the dashboard or of the stock opens. */
const ETAPES = {
  livres: 'Livrés',
  disponibles: 'En réserve',
  en_transit: 'En route',
  actives: 'Activés',
  attribues: 'Attribués',
  remis: 'Remis',
  entames: 'Entamés',
  dormants: 'Dormants',
}

const COLUMNS: Column<Carnet>[] = [
  { cle: 'serie', titre: 'Carnet', cell: (row) => row.serie, code: true },
  { cle: 'etat', titre: 'État', cell: (row) => <CarnetBadges carnet={row} /> },
  {
    cle: 'prescripteur',
    titre: 'Prescripteur',
    cell: (row) => row.prescripteur?.nom ?? <span className="doux">{row.statut === 'livre' ? 'En réserve' : 'Aucun'}</span>,
  },
  {
    cle: 'utilises',
    titre: 'Pass utilisés',
    cell: (row) => `${formatNumber(row.utilises)} sur ${formatNumber(row.taille - row.annules)}`,
    align: 'droite',
  },
  { cle: 'fin', titre: 'Valable jusqu’au', cell: (row) => <Jour date={row.dateFin} /> },
]

const CarnetFilters = ({ prescripteurs }: { prescripteurs: readonly { id: string; nom: string }[] }) => (
  <Filters>
    <FilterSelect name="statut" label="Statut" options={optionsOf(CARNET_LABELS)} />
    <FilterSelect name="etape" label="Étape" vide="Toutes" options={optionsOf(ETAPES)} />
    <FilterSelect name="prescripteurId" label="Prescripteur" options={prescripteurs.map(({ id, nom }) => ({ value: id, label: nom }))} />
    <FilterSearch name="recherche" label="Numéro du carnet" exemple="PN 26-0001234-K" />
  </Filters>
)

// Filters that come from a link and have no box of their own.
const Narrowed = () => {
  const [search] = useSearchParams()
  const origin = search.has('commandeId') ? 'd’une seule commande' : search.has('conventionId') ? 'd’une seule convention' : null
  return origin && <Notice tone="info">{`Seuls les carnets ${origin} sont montrés. Effacez les filtres pour tout voir.`}</Notice>
}

export const Component = () => {
  const { page, prescripteurs } = useWarmed<typeof loader>()
  return (
    <Page titre="Carnets" fil={[{ to: paths.accueil(), label: 'Accueil' }]}>
      <Narrowed />
      <DataTable
        caption={page.total === null ? 'Carnets, par numéro' : plural(page.total, 'carnet')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.carnet({ carnetId: row.id })}
        filters={<CarnetFilters prescripteurs={prescripteurs.items} />}
        columns={COLUMNS}
        empty={
          <EmptyState titre="Aucun carnet ici">
            Vérifiez le numéro ou effacez les filtres. Les carnets paraissent à la production d’une commande.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
