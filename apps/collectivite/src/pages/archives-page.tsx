import { type Archive, archiveRoutes } from '@pass/contracts/archives.ts'
import { ARCHIVE_JOURS, whyNotAskArchive, whyNotTakeArchive } from '@pass/domain/archives.ts'
import { addDays, formatDay, parisDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, queryFrom, useApiMutation, warm } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today, useCan } from '@pass/web/session.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Archive as ArchiveIcon } from 'lucide-react'
import { type LoaderFunctionArgs, useLocation } from 'react-router'
import { paths } from '../paths.ts'
import { ArchiveBadge } from '../widgets/archive-badge.ts'

const { listArchives, askArchive, takeArchive } = archiveRoutes

const pageOf = (request: Request) => apiQuery(listArchives, { query: queryFrom(listArchives, request) })

export const loader = ({ request }: LoaderFunctionArgs) => warm({ page: pageOf(request) })

const POLL_MS = 2000
const isBusy = (items: readonly Archive[]) => items.some(({ statut }) => statut === 'en_preparation')

const sizeOf = (octets: number): string =>
  octets < 1_000_000 ? `${Math.ceil(octets / 1000)}\u00a0Ko` : `${(octets / 1_000_000).toFixed(1).replace('.', ',')}\u00a0Mo`

const Preparing = ({ avancement }: Pick<Archive, 'avancement'>) => (
  <progress
    {...(avancement && avancement.total > 0 && { max: avancement.total, value: avancement.fait })}
    aria-label="Préparation de l’archive"
  />
)

const File = ({ archive: { id, statut, octets, demandeeAt, avancement } }: { archive: Archive }) => {
  const can = useCan()
  if (statut === 'en_preparation') return <Preparing avancement={avancement} />
  if (!can('archive:make')) return <span className="petit doux">Réservée à la personne qui administre</span>
  const refusal = whyNotTakeArchive({ statut, dateDemande: parisDay(new Date(demandeeAt)) }, today())
  if (refusal) return <span className="petit doux">{refusal.message}</span>
  return (
    <FileLink
      href={fileUrl(takeArchive, { params: { archiveId: id } })}
      nom="Télécharger"
      type="ZIP"
      {...(octets && { taille: sizeOf(octets) })}
      stepUp={takeArchive.stepUp}
    />
  )
}

const COLUMNS: Column<Archive>[] = [
  { cle: 'date', titre: 'Demandée le', cell: (row) => formatDay(parisDay(new Date(row.demandeeAt))) },
  { cle: 'statut', titre: 'État', cell: (row) => <ArchiveBadge statut={row.statut} /> },
  { cle: 'fichier', titre: 'Fichier', cell: (row) => <File archive={row} /> },
  { cle: 'fin', titre: 'Conservée jusqu’au', cell: (row) => formatDay(addDays(row.dateFin, -1)) },
  {
    cle: 'empreinte',
    titre: 'Empreinte (SHA-256)',
    cell: (row) => (row.empreinte ? <span className="code petit">{`${row.empreinte.slice(0, 16)}…`}</span> : '–'),
  },
]

const Ask = ({ items }: { items: readonly Archive[] }) => {
  const whyNot = useWhyNot()
  const ask = useApiMutation(askArchive, { invalidates: [listArchives] })
  return (
    <>
      <ButtonRow>
        <Button
          icon={ArchiveIcon}
          pending={ask.isPending}
          disabledReason={whyNot('archive:make', whyNotAskArchive({ enPreparation: isBusy(items) }))}
          onClick={() => ask.mutate({})}
        >
          Préparer une archive
        </Button>
      </ButtonRow>
      <RefusalNotice error={ask.error} />
    </>
  )
}

const CONTENT = [
  'À qui il est dû, et combien, pass par pass',
  'L’état de chaque lot et de chaque carnet',
  'Conventions, comptes, écritures, bordereaux et appels de fonds',
  'Une synthèse à lire, et l’empreinte de chaque fichier',
]

export const Component = () => {
  const { search } = useLocation()
  const { data: page } = useSuspenseQuery({
    ...pageOf(new Request(new URL(search || '?', globalThis.location.href))),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data.items) ? POLL_MS : false),
  })
  return (
    <Page
      titre="Archive de continuité"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="De quoi poursuivre le dispositif si l’opérateur s’arrête : gardez-en une copie hors de la plateforme."
    >
      <Card titre="Ce qu’elle contient">
        <div className="pile">
          <ul className="puces">
            {CONTENT.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="petit doux">
            Ni code de pass, ni nom de personne. Chacun peut vérifier l’archive et recalculer ses soldes sans la plateforme&nbsp;; un seul
            octet changé se voit.
          </p>
          <Ask items={page.items} />
        </div>
      </Card>
      <h2>Archives préparées</h2>
      <DataTable
        caption={plural(page.total ?? page.items.length, 'archive')}
        rows={page.items}
        rowKey={(row) => row.id}
        columns={COLUMNS}
        empty={
          <EmptyState titre="Aucune archive">{`Préparez-en une chaque mois : elle reste téléchargeable ${ARCHIVE_JOURS} jours.`}</EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
