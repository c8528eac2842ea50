import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import type { Output } from '@pass/contracts/route.ts'
import { DORMANT_JOURS } from '@pass/domain/stock.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Moon } from 'lucide-react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { StockLinks } from '../widgets/stock-links.tsx'

type Holder = Output<typeof carnetRoutes.getStock>['prescripteurs'][number]

export const loader = () => warm({ stock: apiQuery(carnetRoutes.getStock, {}) })

const Count = ({ value, to }: { value: number; to: string }) => (value === 0 ? '0' : <Link to={to}>{formatNumber(value)}</Link>)

const listOf = ({ id }: Holder, query: Record<string, string>) => paths.carnets({ prescripteurId: id, ...query })

const COLUMNS: Column<Holder>[] = [
  { cle: 'nom', titre: 'Prescripteur', cell: (row) => row.nom },
  {
    cle: 'route',
    titre: 'En route',
    cell: (row) => <Count value={row.enTransit} to={listOf(row, { etape: 'en_transit' })} />,
    align: 'droite',
  },
  {
    cle: 'stock',
    titre: 'En stock',
    cell: (row) => <Count value={row.enStock} to={listOf(row, { statut: 'attribue' })} />,
    align: 'droite',
  },
  { cle: 'remis', titre: 'Remis', cell: (row) => <Count value={row.remis} to={listOf(row, { etape: 'remis' })} />, align: 'droite' },
  {
    cle: 'bloques',
    titre: 'Bloqués',
    cell: (row) => <Count value={row.bloques} to={listOf(row, { statut: 'bloque' })} />,
    align: 'droite',
  },
  {
    cle: 'dormants',
    titre: 'Dormants',
    cell: (row) =>
      row.dormants === 0 ? (
        '0'
      ) : (
        <Link to={listOf(row, { etape: 'dormants' })}>
          <Badge tone="attente" icon={Moon}>
            {plural(row.dormants, 'carnet')}
          </Badge>
        </Link>
      ),
    align: 'droite',
  },
]

const ALLOCATE = <LinkButton to={paths.attribuer()}>Attribuer des carnets</LinkButton>

export const Component = () => {
  const { stock } = useWarmed<typeof loader>()
  const { reserve, enTransit, premierDisponible, prescripteurs } = stock
  const dormants = prescripteurs.reduce((sum, row) => sum + row.dormants, 0)
  return (
    <Page
      titre="Stock et attributions"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Où sont les carnets, de la réserve aux prescripteurs."
      actions={
        <ButtonRow>
          <LinkButton to={paths.attributions()} variant="second">
            Voir les attributions
          </LinkButton>
          {ALLOCATE}
        </ButtonRow>
      }
    >
      <KeyFigures
        items={[
          {
            titre: 'Carnets en réserve',
            valeur: formatNumber(reserve),
            detail: premierDisponible ? `à partir de ${premierDisponible}` : 'aucun à attribuer',
            to: paths.carnets({ etape: 'disponibles' }),
          },
          {
            titre: 'Carnets en route',
            valeur: formatNumber(enTransit),
            detail: 'envoyés, réception pas encore confirmée',
            to: paths.attributions({ statut: 'envoyee' }),
          },
          {
            titre: 'Carnets dormants',
            valeur: formatNumber(dormants),
            detail: `attribués depuis plus de ${DORMANT_JOURS} jours, sans remise`,
            to: paths.carnets({ etape: 'dormants' }),
          },
        ]}
      />
      <h2>Chez les prescripteurs</h2>
      <DataTable
        caption={`${plural(prescripteurs.length, 'prescripteur')}, en carnets`}
        rows={prescripteurs}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.carnets({ prescripteurId: row.id })}
        columns={COLUMNS}
        empty={
          <EmptyState titre="Aucun carnet chez un prescripteur" action={ALLOCATE}>
            Les carnets attribués paraîtront ici, structure par structure.
          </EmptyState>
        }
      />
      <StockLinks />
    </Page>
  )
}
