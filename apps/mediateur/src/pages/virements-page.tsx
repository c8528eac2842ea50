import type { BordereauSummary } from '@pass/contracts/bordereaux.ts'
import type { Echeancier } from '@pass/contracts/du.ts'
import { BORDEREAU_LABELS } from '@pass/domain/bordereaux.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { Columns, Stack } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { getEcheancier, listBordereaux } from '../calls.ts'
import { paths } from '../paths.ts'
import { AttentesCard } from '../widgets/attentes-card.tsx'
import { BordereauBadge } from '../widgets/bordereau-badge.tsx'
import { DocumentsCard } from '../widgets/documents-card.tsx'
import { NextTransferCard } from '../widgets/next-transfer-card.tsx'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ echeancier: apiQuery(getEcheancier, {}), page: apiQuery(listBordereaux, { query: queryFrom(listBordereaux, request) }) })

const COLUMNS: readonly Column<BordereauSummary>[] = [
  { cle: 'reference', titre: 'Bordereau', cell: (row) => row.reference, code: true },
  { cle: 'mois', titre: 'Mois', cell: (row) => formatMonth(row.mois) },
  { cle: 'pass', titre: 'Pass utilisés', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: (row) => <BordereauBadge statut={row.statut} /> },
  { cle: 'paiement', titre: 'Payé le', cell: (row) => <Jour date={row.datePaiement} /> },
]

const delay = (jours: number | null) => (jours === null ? '–' : plural(jours, 'jour'))

const Figures = ({ echeancier }: { echeancier: Echeancier }) => (
  <KeyFigures
    items={[
      { titre: 'En cours de paiement', valeur: euros(echeancier.enPaiementCentimes), detail: 'transmis à la banque' },
      { titre: 'Déjà payé', valeur: euros(echeancier.payeCentimes), detail: 'depuis le début' },
      { titre: 'Délai médian', valeur: delay(echeancier.delaiMedianJours), detail: 'de l’utilisation au paiement, sur 12 mois' },
    ]}
  />
)

export const Component = () => {
  const { echeancier, page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Virements"
      fil={[{ to: paths.journee(), label: 'Ma journée' }]}
      actions={
        <ButtonRow>
          <LinkButton variant="second" to={paths.passUtilises()}>
            Voir chaque pass utilisé
          </LinkButton>
          <LinkButton variant="second" to={paths.creances()}>
            Pass impayés d’un ancien opérateur
          </LinkButton>
        </ButtonRow>
      }
    >
      <Columns>
        <Stack>
          <NextTransferCard echeancier={echeancier} />
          <AttentesCard echeancier={echeancier} />
        </Stack>
        <Stack>
          <Figures echeancier={echeancier} />
          <DocumentsCard echeancier={echeancier} />
        </Stack>
      </Columns>
      <h2>Bordereaux</h2>
      <DataTable
        caption={page.total === null ? 'Bordereaux' : plural(page.total, 'bordereau', 'bordereaux')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.bordereau({ bordereauId: row.id })}
        columns={COLUMNS}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={optionsOf(BORDEREAU_LABELS)} />
          </Filters>
        }
        empty={
          <EmptyState
            titre="Aucun bordereau"
            action={
              <LinkButton variant="second" to={paths.ateliers()}>
                Voir mes ateliers
              </LinkButton>
            }
          >
            Un bordereau est arrêté chaque mois, avec les pass utilisés le mois d’avant.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
