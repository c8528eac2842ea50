import { type Couverture, couvertureRoutes } from '@pass/contracts/couverture.ts'
import { COUVERTURE_LABELS, RYTHME_JOURS, STOCK_BAS_JOURS } from '@pass/domain/couverture.ts'
import { parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { DORMANT_JOURS } from '@pass/domain/stock.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ couverture: apiQuery(couvertureRoutes.getCouverture, { query: queryFrom(couvertureRoutes.getCouverture, request) }) })

const NiveauBadge = statutBadge(COUVERTURE_LABELS, { vide: 'refus', bas: 'attente', suffisant: 'bien', dormant: 'neutre' })

const days = ({ jours, enStock }: Couverture): string => {
  if (jours === null) return enStock === 0 ? 'aucun carnet' : 'aucune remise récente'
  return plural(jours, 'jour')
}

const COLUMNS: Column<Couverture>[] = [
  { cle: 'nom', titre: 'Prescripteur', cell: (row) => row.nom },
  { cle: 'niveau', titre: 'Niveau', cell: (row) => <NiveauBadge statut={row.niveau} /> },
  { cle: 'stock', titre: 'En stock', cell: (row) => formatNumber(row.enStock), align: 'droite' },
  { cle: 'route', titre: 'En route', cell: (row) => formatNumber(row.enTransit), align: 'droite' },
  { cle: 'remis', titre: `Remis en ${RYTHME_JOURS} jours`, cell: (row) => formatNumber(row.remis), align: 'droite' },
  { cle: 'jours', titre: 'Stock pour', cell: days, align: 'droite' },
  {
    cle: 'dormants',
    titre: 'Dormants',
    cell: (row) =>
      row.dormants === 0 ? (
        '0'
      ) : (
        <Link to={paths.carnets({ prescripteurId: row.id, etape: 'dormants' })}>{formatNumber(row.dormants)}</Link>
      ),
    align: 'droite',
  },
  {
    cle: 'derniere',
    titre: 'Dernière remise',
    cell: (row) => <Jour date={row.derniereRemise && parisDay(new Date(row.derniereRemise))} />,
  },
]

const ALLOCATE = <LinkButton to={paths.attribuer()}>Attribuer des carnets</LinkButton>

export const Component = () => {
  const { couverture } = useWarmed<typeof loader>()
  const { items, niveaux } = couverture
  return (
    <Page
      titre="Jours de stock"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.stock(), label: 'Stock et attributions' },
      ]}
      intro={`Combien de temps dure le stock de chaque prescripteur, au rythme des ${RYTHME_JOURS} derniers jours.`}
      actions={ALLOCATE}
    >
      <KeyFigures
        items={[
          { titre: 'Sans carnet', valeur: formatNumber(niveaux.vide), detail: 'prescripteurs', to: paths.couverture({ niveau: 'vide' }) },
          {
            titre: 'Stock bas',
            valeur: formatNumber(niveaux.bas),
            detail: `moins de ${STOCK_BAS_JOURS} jours devant eux`,
            to: paths.couverture({ niveau: 'bas' }),
          },
          {
            titre: 'Stock dormant',
            valeur: formatNumber(niveaux.dormant),
            detail: `des carnets depuis plus de ${DORMANT_JOURS} jours sans remise`,
            to: paths.couverture({ niveau: 'dormant' }),
          },
        ]}
      />
      <DataTable
        caption={`${plural(items.length, 'prescripteur')}, le plus urgent d’abord`}
        rows={items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.carnets({ prescripteurId: row.id })}
        columns={COLUMNS}
        filters={
          <Filters>
            <FilterSelect name="niveau" label="Niveau de stock" options={optionsOf(COUVERTURE_LABELS)} />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucun prescripteur ici" action={ALLOCATE}>
            Les prescripteurs paraissent dès leur première attribution. Effacez le filtre pour les voir tous.
          </EmptyState>
        }
      />
    </Page>
  )
}
