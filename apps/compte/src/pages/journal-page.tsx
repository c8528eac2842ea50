import type { LigneJournal } from '@pass/contracts/equipe.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { plural } from '@pass/domain/money.ts'
import { ROLE_LABELS, type Role } from '@pass/domain/organisations.ts'
import { apiQuery, fileUrl, queryFrom, useApiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useCan, useSession } from '@pass/web/session.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { ExportLink } from '@pass/web/ui/file-link.tsx'
import { FilterDate, FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { FIL } from '../paths.ts'

const { downloadJournal, listJournal, listMembres } = organisationRoutes

export const loader = ({ request }: LoaderFunctionArgs) => warm({ page: apiQuery(listJournal, { query: queryFrom(listJournal, request) }) })

const GENRES = [
  { value: 'connexions', label: 'Connexions' },
  { value: 'actes', label: 'Actes' },
  { value: 'refus', label: 'Refus' },
  { value: 'assistance', label: 'Assistance' },
]

const roleOf = (role: string | null): string | null => (role === null ? null : (ROLE_LABELS[role as Role] ?? null))

const Who = ({ personne, role, assistance }: LigneJournal) => (
  <>
    {assistance ? assistance.de : (personne ?? <span className="doux">La plateforme</span>)}
    {assistance ? (
      <span className="petit doux sous">{`Assistance, par les yeux de ${assistance.pour}`}</span>
    ) : (
      roleOf(role) && <span className="petit doux sous">{roleOf(role)}</span>
    )}
  </>
)

const Result = ({ statut, code }: LigneJournal) =>
  statut < 400 ? (
    <Badge tone="bien">Fait</Badge>
  ) : (
    <>
      <Badge tone="refus">{statut < 500 ? 'Refusé' : 'En erreur'}</Badge>
      {code && <span className="petit doux sous code">{code}</span>}
    </>
  )

const COLUMNS: readonly Column<LigneJournal>[] = [
  { cle: 'quand', titre: 'Quand', cell: (row) => <Instant at={row.at} /> },
  { cle: 'qui', titre: 'Qui', cell: (row) => <Who {...row} /> },
  { cle: 'quoi', titre: 'Quoi', cell: (row) => row.libelle },
  { cle: 'resultat', titre: 'Résultat', cell: (row) => <Result {...row} /> },
]

/** The people of the team, for whoever may list them; an auditor filters by the rest. */
const FilterPerson = () => {
  const can = useCan()
  const { data } = useApiQuery(listMembres, { query: { taille: 100 } }, { enabled: can('membre:manage') })
  if (!data) return null
  const people = new Map(data.items.map(({ utilisateurId, prenom, nom }) => [utilisateurId, `${prenom} ${nom}`]))
  return (
    <FilterSelect
      name="utilisateurId"
      label="Personne"
      vide="Toutes"
      options={Array.from(people, ([value, label]) => ({ value, label }))}
    />
  )
}

const Export = () => {
  const [search] = useSearchParams()
  const du = search.get('du')
  const au = search.get('au')
  return (
    <ExportLink href={fileUrl(downloadJournal, { query: { ...(du && { du }), ...(au && { au }) } })} stepUp={downloadJournal.stepUp}>
      Exporter (CSV)
    </ExportLink>
  )
}

const rowKeys = new WeakMap<LigneJournal, string>()
let made = 0
// A line of the journal has no identifier of its own outside the database: one is given for the eye of React alone.
const keyOfRow = (row: LigneJournal): string => {
  const key = rowKeys.get(row) ?? `${row.at} ${(made += 1)}`
  rowKeys.set(row, key)
  return key
}

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const { organisation } = useSession()
  return (
    <Page titre="Journal" fil={FIL} intro={`${organisation.nom} : qui est entré, et ce qui a été fait ou refusé.`} actions={<Export />}>
      <DataTable
        caption={page.total === null ? 'Les plus récentes d’abord' : plural(page.total, 'ligne')}
        rows={page.items}
        rowKey={keyOfRow}
        columns={COLUMNS}
        filters={
          <Filters>
            <FilterSelect name="genre" label="Genre" options={GENRES} />
            <FilterPerson />
            <FilterDate name="du" label="Du" />
            <FilterDate name="au" label="Au" />
          </Filters>
        }
        empty={<EmptyState titre="Aucune ligne ici">Élargissez la période, ou effacez les filtres.</EmptyState>}
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
