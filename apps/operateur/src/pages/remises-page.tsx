import { type RemiseBancaire, remiseBancaireRoutes } from '@pass/contracts/remises-bancaires.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Euros, Instant } from '@pass/web/ui/values.tsx'
import { Landmark } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { listRemises } = remiseBancaireRoutes

export const loader = ({ request }: LoaderFunctionArgs) => warm({ page: apiQuery(listRemises, { query: queryFrom(listRemises, request) }) })

const COLUMNS: readonly Column<RemiseBancaire>[] = [
  { cle: 'reference', titre: 'Fichier', cell: (row) => row.reference, code: true },
  { cle: 'at', titre: 'Transmis le', cell: (row) => <Instant at={row.at} /> },
  { cle: 'virements', titre: 'Virements', cell: (row) => formatNumber(row.virements), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'executes', titre: 'Exécutés', cell: (row) => formatNumber(row.executes), align: 'droite' },
  { cle: 'rejetes', titre: 'Rejetés', cell: (row) => formatNumber(row.rejetes), align: 'droite' },
  { cle: 'attendus', titre: 'Sans réponse', cell: (row) => formatNumber(row.attendus), align: 'droite' },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Virements transmis"
      intro="Un fichier par envoi à la banque, figé. Importez sa réponse : chaque virement est exécuté ou rejeté."
      actions={
        <LinkButton icon={Landmark} to={paths.retours()}>
          Importer un retour
        </LinkButton>
      }
    >
      <DataTable
        caption={plural(page.total ?? page.items.length, 'fichier')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={({ id }) => paths.remise({ remiseId: id })}
        columns={COLUMNS}
        empty={
          <EmptyState
            titre="Aucun fichier transmis"
            action={<LinkButton to={paths.bordereaux({ statut: 'approuve' })}>Voir les bordereaux approuvés</LinkButton>}
          >
            La personne qui émet les virements choisit les bordereaux approuvés&nbsp;: ils partent en un seul fichier.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
