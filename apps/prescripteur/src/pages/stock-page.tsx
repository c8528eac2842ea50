import type { Carnet } from '@pass/contracts/carnets.ts'
import { CARNET_LABELS, type CarnetStatut } from '@pass/domain/carnets.ts'
import { parisDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { CarnetBadges } from '@pass/web/modules/carnets/carnet-badges.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSearch, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { getStock, listCarnets } from '../calls.ts'
import { paths } from '../paths.ts'
import { BlockCarnet } from '../widgets/block-carnet.tsx'
import { StockFigures } from '../widgets/stock-figures.tsx'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ stock: apiQuery(getStock, {}), page: apiQuery(listCarnets, { query: queryFrom(listCarnets, request) }) })

/** The statuts a counter may meet, in the order of its day. */
const STATUTS = ['attribue', 'livre', 'remis', 'bloque', 'annule', 'expire'] as const satisfies readonly CarnetStatut[]
const OPTIONS = STATUTS.map((value) => ({ value, label: value === 'attribue' ? 'Dans mon stock' : CARNET_LABELS[value] }))

const columns = (onBlocked: (serie: string) => void): readonly Column<Carnet>[] => [
  { cle: 'serie', titre: 'Carnet', cell: (row) => row.serie, code: true },
  { cle: 'statut', titre: 'Statut', cell: (row) => <CarnetBadges carnet={row} /> },
  { cle: 'pass', titre: 'Pass utilisés', cell: (row) => `${row.utilises} sur ${row.taille - row.annules}`, align: 'droite' },
  { cle: 'fin', titre: 'Valable jusqu’au', cell: (row) => <Jour date={row.dateFin} /> },
  { cle: 'remis', titre: 'Remis le', cell: (row) => <Jour date={row.remisAt && parisDay(new Date(row.remisAt))} /> },
  {
    cle: 'action',
    titre: 'Perte ou vol',
    cell: (row) =>
      row.statut === 'attribue' || row.statut === 'remis' ? <BlockCarnet carnet={row} variant="lien" onDone={onBlocked} /> : '–',
  },
]

export const Component = () => {
  const { stock, page } = useWarmed<typeof loader>()
  const [blocked, setBlocked] = useState<string | null>(null)
  return (
    <Page
      titre="Mon stock"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      actions={
        <ButtonRow>
          <LinkButton variant="second" to={paths.inventaire()}>
            Inventaire
          </LinkButton>
          <LinkButton variant="second" to={paths.plages()}>
            Signaler plusieurs carnets perdus ou volés
          </LinkButton>
          <LinkButton to={paths.remettre()}>Remettre un carnet</LinkButton>
        </ButtonRow>
      }
    >
      {blocked && (
        <Notice tone="bien" live="status" titre={`Carnet ${blocked} bloqué.`}>
          Ses pass sont refusés partout. Prévenez la collectivité&nbsp;: elle peut le débloquer s’il est retrouvé.
        </Notice>
      )}
      <StockFigures stock={stock} />
      <DataTable
        caption={page.total === null ? 'Carnets' : plural(page.total, 'carnet')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.carnet({ carnetId: row.id })}
        columns={columns(setBlocked)}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={OPTIONS} />
            <FilterSearch name="recherche" label="Numéro du carnet" exemple="PN 26-0001234-K" />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucun carnet" action={<LinkButton to={paths.attributions()}>Voir les attributions</LinkButton>}>
            Les carnets que la collectivité vous attribue paraissent ici, une fois leur réception confirmée.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
