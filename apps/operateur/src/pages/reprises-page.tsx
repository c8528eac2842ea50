import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { type RepriseSummary, repriseRoutes } from '@pass/contracts/reprises.ts'
import { parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { REPRISE_LABELS } from '@pass/domain/reprises.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf, SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { FolderInput } from 'lucide-react'
import { type LoaderFunctionArgs, useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { REPRISE_READS, RepriseBadge } from '../widgets/reprise-calls.ts'
import { useRoleReason } from '../widgets/role-reason.ts'

const { listReprises, openReprise } = repriseRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    page: apiQuery(listReprises, { query: queryFrom(listReprises, request) }),
    conventions: apiQuery(conventionRoutes.listConventions, { query: { taille: 100, statut: 'active' } }),
  })

const COLUMNS: Column<RepriseSummary>[] = [
  { cle: 'reference', titre: 'Reprise', cell: (row) => row.reference, code: true },
  { cle: 'statut', titre: 'État', cell: (row) => <RepriseBadge statut={row.statut} /> },
  { cle: 'ancien', titre: 'Ancien opérateur', cell: (row) => row.ancienOperateur },
  { cle: 'collectivite', titre: 'Collectivité', cell: (row) => row.collectivite.nom },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'honores', titre: 'Pass honorés', cell: (row) => formatNumber(row.honores), align: 'droite' },
  { cle: 'refuses', titre: 'Pass refusés', cell: (row) => formatNumber(row.refuses), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'date', titre: 'Ouverte le', cell: (row) => <Jour date={parisDay(new Date(row.createdAt))} /> },
]

const Open = () => {
  const { conventions } = useWarmed<typeof loader>()
  const navigate = useNavigate()
  const form = useContractForm(openReprise, {
    defaultValues: { conventionId: conventions.items.length === 1 ? conventions.items[0]!.id : '', ancienOperateur: '' },
    invalidates: REPRISE_READS,
    onSuccess: ({ id }) => navigate(paths.reprise({ repriseId: id })),
  })
  const reason = useRoleReason()('reprise:import')
  if (reason) return <Notice tone="info">{reason}</Notice>
  if (conventions.items.length === 0)
    return <p className="doux">Aucune convention active : des carnets se reprennent dans une convention active.</p>
  return (
    <Form form={form} label="Ouvrir une reprise">
      <SelectField
        label="Convention"
        aide="Ses fonds paient les pass repris."
        options={conventions.items.map(({ id, nom, reference, collectivite }) => ({
          value: id,
          label: `${collectivite.nom}, ${nom} (${reference})`,
        }))}
        {...form.field('conventionId')}
      />
      <TextField label="Ancien opérateur" autoComplete="off" {...form.field('ancienOperateur')} />
      <SubmitButton icon={FolderInput}>Ouvrir la reprise</SubmitButton>
    </Form>
  )
}

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Reprises d’anciens opérateurs"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les carnets d’un opérateur qui a cessé : chaque pass est honoré ou refusé par règle, avec sa raison, avant que rien ne soit repris."
    >
      <DataTable
        caption={plural(page.total ?? page.items.length, 'reprise')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.reprise({ repriseId: row.id })}
        columns={COLUMNS}
        filters={
          <Filters>
            <FilterSelect name="statut" label="État" vide="Toutes" options={optionsOf(REPRISE_LABELS)} />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucune reprise ici">Ouvrez une reprise ci-dessous, puis déposez le fichier de l’ancien opérateur.</EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
      <Card titre="Ouvrir une reprise">
        <Open />
      </Card>
    </Page>
  )
}
