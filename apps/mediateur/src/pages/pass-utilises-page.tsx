import type { Utilisation } from '@pass/contracts/du.ts'
import { addMonth, formatDay, formatMonth, monthOf } from '@pass/domain/days.ts'
import { RAISON_COURTES, SITUATION_LABELS } from '@pass/domain/du.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { today } from '@pass/web/session.tsx'
import { type Tone, statutBadge } from '@pass/web/ui/badge.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { ExportLink } from '@pass/web/ui/file-link.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Euros, Instant } from '@pass/web/ui/values.tsx'
import { Link, type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { exportUtilisations, listUtilisations } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listUtilisations, { query: queryFrom(listUtilisations, request) }) })

const TONES: Record<Utilisation['situation'], Tone> = {
  contestee: 'refus',
  annulable: 'attente',
  a_payer: 'attente',
  rejetee: 'refus',
  en_bordereau: 'info',
  transmise: 'info',
  payee: 'bien',
}
const SituationBadge = statutBadge(SITUATION_LABELS, TONES)

/** When it was paid, when it will be, or the one reason why it waits. */
const whenOf = ({ virement, date, raison }: Utilisation): string => {
  if (virement?.payeLe) return `Payé le ${formatDay(virement.payeLe)}`
  if (raison) return RAISON_COURTES[raison]
  return date ? `Autour du ${formatDay(date)}` : ''
}

const Papers = ({ bordereau, report, virement }: Utilisation) => (
  <>
    {bordereau && <Link to={paths.bordereau({ bordereauId: bordereau.id })}>{bordereau.reference}</Link>}
    {report && (
      <>
        , reporté sur <Link to={paths.bordereau({ bordereauId: report.id })}>{report.reference}</Link>
      </>
    )}
    {virement && <p className="petit doux">Virement {virement.reference}</p>}
    {!bordereau && <span className="doux">Pas encore</span>}
  </>
)

const columns = (several: boolean): readonly Column<Utilisation>[] => [
  { cle: 'at', titre: 'Utilisé le', cell: ({ at }) => <Instant at={at} /> },
  {
    cle: 'atelier',
    titre: 'Atelier du',
    cell: ({ atelier, lieu }) => (
      <>
        <Link to={paths.atelier({ atelierId: atelier.id })} aria-label={`Atelier du ${formatDay(atelier.date)}`}>
          {formatDay(atelier.date)}
        </Link>
        {several && <p className="petit doux">{lieu}</p>}
      </>
    ),
  },
  { cle: 'collectivite', titre: 'Collectivité', cell: ({ collectivite }) => collectivite },
  { cle: 'montant', titre: 'Montant', cell: ({ montantCentimes }) => <Euros centimes={montantCentimes} />, align: 'droite' },
  { cle: 'etat', titre: 'État', cell: ({ situation }) => <SituationBadge statut={situation} /> },
  { cle: 'quand', titre: 'Paiement', cell: whenOf },
  { cle: 'bordereau', titre: 'Bordereau et virement', cell: (row) => <Papers {...row} /> },
]

const MOIS = 18
const monthOptions = () => {
  const first = monthOf(today())
  return Array.from({ length: MOIS }, (_, n) => addMonth(first, -n)).map((value) => ({ value, label: formatMonth(value) }))
}
const ETATS = { impaye: 'À payer', paye: 'Payés' }
const { prochain_bordereau: _, ...REASONS } = RAISON_COURTES

const TheFilters = ({ lieux }: { lieux: readonly { id: string; nom: string }[] }) => (
  <Filters>
    <FilterSelect name="etat" label="État" options={optionsOf(ETATS)} />
    <FilterSelect name="raison" label="Raison de l’attente" vide="Toutes" options={optionsOf(REASONS)} />
    <FilterSelect name="mois" label="Mois" options={monthOptions()} />
    {lieux.length > 1 && <FilterSelect name="lieu" label="Lieu" options={lieux.map(({ id, nom }) => ({ value: id, label: nom }))} />}
  </Filters>
)

/** What is on screen, under the same filters. */
const useExportUrl = () => {
  const [search] = useSearchParams()
  const filters = new URLSearchParams([...search].filter(([name]) => Object.hasOwn(exportUtilisations.query.shape, name)))
  const query = filters.toString()
  return `${fileUrl(exportUtilisations, {})}${query && `?${query}`}`
}

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const exportUrl = useExportUrl()
  return (
    <Page
      titre="Pass utilisés"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.virements(), label: 'Virements' },
      ]}
      intro="Chaque pass utilisé, du plus récent au plus ancien : son atelier, son bordereau, son virement."
      actions={<ExportLink href={exportUrl} />}
    >
      <DataTable
        caption={`${plural(page.total ?? page.items.length, 'pass utilisé', 'pass utilisés')}, ${euros(page.montantCentimes)}`}
        rows={page.items}
        rowKey={({ id }) => id}
        columns={columns(page.lieux.length > 1)}
        filters={<TheFilters lieux={page.lieux} />}
        empty={<EmptyState titre="Aucun pass ici">Changez les filtres, ou utilisez un premier pass au guichet.</EmptyState>}
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
