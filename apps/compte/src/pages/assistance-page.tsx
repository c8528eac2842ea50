import { type Consultation, consultationRoutes } from '@pass/contracts/consultations.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { useCan, useSession } from '@pass/web/session.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { FIL } from '../paths.ts'
import { FindTarget } from '../widgets/find-target.tsx'

const { listConsultations } = consultationRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listConsultations, { query: queryFrom(listConsultations, request) }) })

const When = ({ debutAt, finAt }: Consultation) => (
  <>
    <Instant at={debutAt} />
    <span className="petit doux sous">
      {finAt ? (
        <>
          Jusqu’au <Instant at={finAt} />
        </>
      ) : (
        'En cours'
      )}
    </span>
  </>
)

const COLUMNS: readonly Column<Consultation>[] = [
  { cle: 'quand', titre: 'Quand', cell: (row) => <When {...row} /> },
  {
    cle: 'pour',
    titre: 'Écran de',
    cell: ({ pour, organisation }) => (
      <>
        {pour}
        <span className="petit doux sous">{organisation.nom}</span>
      </>
    ),
  },
  {
    cle: 'par',
    titre: 'Regardé par',
    cell: ({ par, operateur }) => (
      <>
        {par}
        <span className="petit doux sous">{operateur.nom}</span>
      </>
    ),
  },
  { cle: 'motif', titre: 'Motif', cell: (row) => row.motif },
  { cle: 'lectures', titre: 'Pages lues', cell: (row) => row.lectures, align: 'droite' },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const can = useCan()
  const { organisation } = useSession()
  const canOpen = can('consultation:open')
  const title = canOpen ? 'Assistance' : 'Consultations de l’assistance'
  return (
    <Page
      titre={title}
      fil={FIL}
      intro={
        canOpen
          ? 'Voir l’écran d’une personne pour l’aider. Rien ne peut y être modifié, et son organisation lit votre nom et votre motif.'
          : `${organisation.nom} : quand l’assistance a vu un écran, celui de qui, et pourquoi. Elle n’y modifie rien.`
      }
    >
      {canOpen && <FindTarget />}
      {canOpen && <h2>Vos consultations et celles de vos collègues</h2>}
      <DataTable
        caption={page.total === null ? 'Les plus récentes d’abord' : plural(page.total, 'consultation')}
        rows={page.items}
        rowKey={(row) => row.id}
        columns={COLUMNS}
        empty={<EmptyState titre="Aucune consultation">Chaque écran vu par l’assistance paraîtra ici.</EmptyState>}
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
