import { type BordereauSummary, bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { BORDEREAU_LABELS } from '@pass/domain/bordereaux.ts'
import { formatPeriode } from '@pass/domain/clotures.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { useCan } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { CalendarCheck2 } from 'lucide-react'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { BordereauBadge } from '../widgets/bordereau-badge.tsx'
import type { Said } from '../widgets/act.ts'
import { monthOptions } from '../widgets/months.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'
import { isChoosable, SelectionActs } from '../widgets/selection-acts.tsx'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(bordereauRoutes.listBordereaux, { query: queryFrom(bordereauRoutes.listBordereaux, request) }) })

type List = { items: readonly BordereauSummary[]; suivant: string | null; total: number | null }

// A sum is said only when every row it adds up is on screen.
const captionOf = ({ items, suivant, total }: List): string => {
  const count = plural(total ?? items.length, 'bordereau', 'bordereaux')
  if (suivant !== null || items.length !== (total ?? items.length)) return count
  return `${count}, ${euros(items.reduce((sum, row) => sum + row.montantCentimes, 0))}`
}

// A bordereau that waits for another person says so beside its statut.
const Statut = ({ row: { statut, approbations } }: { row: BordereauSummary }) => (
  <>
    <BordereauBadge statut={statut} />
    {approbations && approbations.donnees > 0 && approbations.donnees < approbations.demandees && (
      <span className="petit doux">{` ${approbations.donnees} approbation sur ${approbations.demandees}`}</span>
    )}
  </>
)

const COLUMNS: readonly Column<BordereauSummary>[] = [
  { cle: 'reference', titre: 'Bordereau', cell: (row) => row.reference, code: true },
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom },
  { cle: 'mois', titre: 'Période', cell: formatPeriode },
  { cle: 'pass', titre: 'Pass à rembourser', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Statut', cell: (row) => <Statut row={row} /> },
  { cle: 'paye', titre: 'Payé le', cell: (row) => <Jour date={row.datePaiement} /> },
]

type Choice = { chosen: ReadonlySet<string>; onChoose: (ids: readonly string[]) => void }

const useChoiceColumn = ({ chosen, onChoose }: Choice): Column<BordereauSummary> => {
  const can = useCan()
  const toggle = (id: string) => onChoose(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id])
  return {
    cle: 'choix',
    titre: 'Choisir',
    cell: (row) =>
      isChoosable(row, can) ? (
        <input
          type="checkbox"
          aria-label={`Choisir le bordereau ${row.reference}`}
          checked={chosen.has(row.id)}
          onChange={() => toggle(row.id)}
        />
      ) : null,
  }
}

const CloseLink = () => {
  const can = useCan()
  if (!can('bordereau:close')) return null
  return (
    <LinkButton icon={CalendarCheck2} to={paths.remboursements()}>
      Arrêter une période
    </LinkButton>
  )
}

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const can = useCan()
  const [said, setSaid] = useState<Said | null>(null)
  const [ids, setIds] = useState<readonly string[]>([])
  // what is no longer on the page is no longer chosen
  const chosen = new Set(page.items.filter((row) => ids.includes(row.id) && isChoosable(row, can)).map(({ id }) => id))
  const choice = useChoiceColumn({ chosen, onChoose: setIds })
  const columns = page.items.some((row) => isChoosable(row, can)) ? [...COLUMNS, choice] : COLUMNS
  return (
    <Page titre="Bordereaux" intro="Ce qui est remboursé aux structures, période par période." actions={<CloseLink />}>
      <SaidNotice said={said} />
      <SelectionActs rows={page.items} chosen={chosen} onChoose={setIds} onDone={setSaid} />
      <DataTable
        caption={captionOf(page)}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={({ id }) => paths.bordereau({ bordereauId: id })}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Statut" options={optionsOf(BORDEREAU_LABELS)} />
            <FilterSelect name="mois" label="Mois" options={monthOptions()} />
          </Filters>
        }
        columns={columns}
        empty={
          <EmptyState titre="Aucun bordereau ici" action={<CloseLink />}>
            Effacez les filtres. Un bordereau par structure paraît ici quand un mois est arrêté.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
