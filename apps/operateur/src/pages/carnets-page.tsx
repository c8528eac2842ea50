import { type Carnet, carnetRoutes } from '@pass/contracts/carnets.ts'
import { CARNET_LABELS } from '@pass/domain/carnets.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CarnetBadges } from '@pass/web/modules/carnets/carnet-badges.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'
import { FindCarnet } from '../widgets/find-carnet.tsx'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(carnetRoutes.listCarnets, { query: queryFrom(carnetRoutes.listCarnets, request) }) })

/** What a number of the home page opens. */
const ETAPES = {
  livres: 'Livrés',
  disponibles: 'En réserve',
  en_transit: 'En route',
  actives: 'Activés',
  attribues: 'Attribués',
  remis: 'Remis',
  entames: 'Entamés',
}

const COLUMNS: readonly Column<Carnet>[] = [
  { cle: 'serie', titre: 'Carnet', cell: (row) => row.serie, code: true },
  { cle: 'etat', titre: 'État', cell: (row) => <CarnetBadges carnet={row} /> },
  { cle: 'prescripteur', titre: 'Prescripteur', cell: (row) => row.prescripteur?.nom ?? <span className="doux">Pas encore attribué</span> },
  {
    cle: 'utilises',
    titre: 'Pass utilisés',
    cell: (row) => `${formatNumber(row.utilises)} sur ${row.taille - row.annules}`,
    align: 'droite',
  },
  { cle: 'fin', titre: 'Fin de validité', cell: (row) => <Jour date={row.dateFin} /> },
]

// This filter comes from a commande's sheet and has no box of its own.
const Narrowed = () => {
  const [search] = useSearchParams()
  if (!search.has('commandeId')) return null
  return <Notice tone="info">Seuls les carnets d’une commande sont montrés. Effacez les filtres pour tout voir.</Notice>
}

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Carnets"
      intro="Où ils sont et ce qu’ils valent. Ni code de pass, ni personne."
      actions={
        <LinkButton variant="second" to={paths.plages()}>
          Bloquer plusieurs carnets
        </LinkButton>
      }
    >
      <FindCarnet />
      <Narrowed />
      <DataTable
        caption={page.total === null ? 'Carnets, par numéro' : plural(page.total, 'carnet')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={({ id }) => paths.carnet({ carnetId: id })}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={optionsOf(CARNET_LABELS)} />
            <FilterSelect name="etape" label="Étape" vide="Toutes" options={optionsOf(ETAPES)} />
          </Filters>
        }
        columns={COLUMNS}
        empty={
          <EmptyState titre="Aucun carnet ici">Effacez les filtres. Les carnets paraissent à la production d’une commande.</EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
