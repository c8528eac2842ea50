import type { CompteBancaire } from '@pass/contracts/comptes-bancaires.ts'
import { COMPTE_BANCAIRE_LABELS } from '@pass/domain/comptes.ts'
import { VERIFICATION_LABELS } from '@pass/domain/comptes-bancaires.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSearch, Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { CompteBancaireBadge, listComptesBancaires } from '../widgets/comptes-bancaires-calls.ts'
import { nextStepOf } from '../widgets/compte-bancaire-steps.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listComptesBancaires, { query: queryFrom(listComptesBancaires, request) }) })

const COLUMNS: readonly Column<CompteBancaire>[] = [
  { cle: 'structure', titre: 'Structure', cell: ({ structure }) => structure.nom },
  { cle: 'iban', titre: 'IBAN', cell: ({ ibanMasque }) => ibanMasque, code: true },
  { cle: 'demande', titre: 'Demandé le', cell: ({ demandeAt }) => <Instant at={demandeAt} /> },
  { cle: 'statut', titre: 'Statut', cell: ({ statut }) => <CompteBancaireBadge statut={statut} /> },
  {
    cle: 'verification',
    titre: 'Réponse de la banque',
    cell: ({ examen }) => (examen?.verification ? VERIFICATION_LABELS[examen.verification] : ''),
  },
  { cle: 'suite', titre: 'Prochaine étape', cell: nextStepOf },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Comptes bancaires"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Une personne vérifie le titulaire auprès de la banque, une autre accepte, 72 heures après la demande."
    >
      <DataTable
        caption={plural(page.total ?? page.items.length, 'compte')}
        rows={page.items}
        rowKey={({ id }) => id}
        rowLink={({ id }) => paths.compteBancaire({ compteId: id })}
        columns={COLUMNS}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={optionsOf(COMPTE_BANCAIRE_LABELS)} />
            <FilterSearch name="structure" label="Structure" exemple="Le Chai" />
          </Filters>
        }
        empty={<EmptyState titre="Aucun compte ici">Quand une structure propose un compte bancaire, vous le vérifiez ici.</EmptyState>}
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
