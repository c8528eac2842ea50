import { ETAPES, pilotageRoutes } from '@pass/contracts/pilotage.ts'
import type { Output } from '@pass/contracts/route.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { ETAPE_LABELS, type EtapeCode, isInPass } from '@pass/web/modules/pilotage/etapes.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Euros, Instant } from '@pass/web/ui/values.tsx'
import { Scale } from 'lucide-react'
import type { ReactNode } from 'react'
import { paths } from '../paths.ts'

type Territoire = Output<typeof pilotageRoutes.listTerritoires>['items'][number]

export const loader = () =>
  warm({ territoires: apiQuery(pilotageRoutes.listTerritoires, {}), entonnoir: apiQuery(pilotageRoutes.getEntonnoir, {}) })

/** Carnets of a stage, or its pass where a carnet is not the unit. */
const countOf = (etapes: Territoire['etapes'], code: EtapeCode): number => {
  const figure = etapes.find(({ etape }) => etape === code)
  return (isInPass(code) ? figure?.pass : figure?.carnets) ?? 0
}

const centimesOf = (etapes: Territoire['etapes'], code: EtapeCode): number => etapes.find(({ etape }) => etape === code)?.centimes ?? 0

const title = (code: EtapeCode): string => `${ETAPE_LABELS[code]} (${isInPass(code) ? 'pass' : 'carnets'})`

const Name = ({ collectivite, departement }: Territoire) => (
  <>
    {collectivite.nom}
    {departement && <span className="petit doux sous">Département {departement}</span>}
  </>
)

/** Pass with their euros under them: the two always travel together. */
const Amount = ({ pass, centimes }: { pass: number; centimes: number }) => (
  <>
    {formatNumber(pass)}
    <span className="petit doux sous">
      <Euros centimes={centimes} />
    </span>
  </>
)

const AMOUNTS: Partial<Record<EtapeCode, (row: Territoire) => number>> = {
  utilises: (row) => row.utiliseCentimes,
  rembourses: (row) => row.payeCentimes,
}

const cellOf = (code: EtapeCode): ((row: Territoire) => ReactNode) => {
  const amount = AMOUNTS[code]
  if (!amount) return (row) => formatNumber(countOf(row.etapes, code))
  return (row) => <Amount pass={countOf(row.etapes, code)} centimes={amount(row)} />
}

const COLUMNS: Column<Territoire>[] = [
  { cle: 'collectivite', titre: 'Collectivité', cell: (row) => <Name {...row} /> },
  ...ETAPES.map((code): Column<Territoire> => ({ cle: code, titre: title(code), cell: cellOf(code), align: 'droite' })),
]

const sum = (items: readonly Territoire[], value: (row: Territoire) => number): number =>
  items.reduce((total, row) => total + value(row), 0)

const totalOf = (items: readonly Territoire[], code: EtapeCode): ReactNode => {
  const count = sum(items, ({ etapes }) => countOf(etapes, code))
  const amount = AMOUNTS[code]
  return amount ? <Amount pass={count} centimes={sum(items, amount)} /> : formatNumber(count)
}

const totalsOf = (items: readonly Territoire[]): Record<string, ReactNode> => ({
  collectivite: 'Total national',
  ...Object.fromEntries(ETAPES.map((code) => [code, totalOf(items, code)])),
})

type National = ReturnType<typeof useWarmed<typeof loader>>['entonnoir']

/** The two reads are made apart: their equality is told, stage by stage, not supposed. */
const isEqual = (items: readonly Territoire[], { etapes, argent }: National): boolean =>
  ETAPES.every(
    (code) =>
      sum(items, (row) => countOf(row.etapes, code)) === countOf(etapes, code) &&
      sum(items, (row) => centimesOf(row.etapes, code)) === centimesOf(etapes, code),
  ) && sum(items, ({ payeCentimes }) => payeCentimes) === argent.paye

const Equality = ({ ok }: { ok: boolean }) =>
  ok ? (
    <Badge tone="bien" icon={Scale}>
      Total égal aux chiffres nationaux
    </Badge>
  ) : (
    <Badge tone="attente" icon={Scale}>
      Total différent des chiffres nationaux : rechargez la page
    </Badge>
  )

export const Component = () => {
  const { territoires, entonnoir } = useWarmed<typeof loader>()
  const { items, at } = territoires
  return (
    <Page
      titre="Territoires"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les mêmes chiffres, collectivité par collectivité. Chaque nombre porte le nom de son étape."
    >
      <DataTable
        caption={
          <span className="equilibre">
            <span>
              {plural(items.length, 'collectivité')}, chiffres du <Instant at={at} />
            </span>
            <Equality ok={isEqual(items, entonnoir)} />
          </span>
        }
        rows={items}
        rowKey={(row) => row.collectivite.id}
        columns={COLUMNS}
        totaux={totalsOf(items)}
        empty={<EmptyState titre="Aucune collectivité">Les collectivités paraîtront ici avec leur première convention.</EmptyState>}
      />
    </Page>
  )
}
