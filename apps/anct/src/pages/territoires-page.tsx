import { ETAPES, pilotageRoutes } from '@pass/contracts/pilotage.ts'
import type { Output } from '@pass/contracts/route.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { ETAPE_LABELS, type EtapeCode, isInPass } from '@pass/web/modules/pilotage/etapes.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Euros, Instant } from '@pass/web/ui/values.tsx'
import { Scale } from 'lucide-react'
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

const COLUMNS: Column<Territoire>[] = [
  { cle: 'collectivite', titre: 'Collectivité', cell: (row) => row.collectivite.nom },
  { cle: 'departement', titre: 'Département', cell: (row) => row.departement ?? '' },
  ...ETAPES.map((code): Column<Territoire> => ({
    cle: code,
    titre: title(code),
    cell: (row) => formatNumber(countOf(row.etapes, code)),
    align: 'droite',
  })),
  { cle: 'utilise', titre: 'Utilisés (euros)', cell: (row) => <Euros centimes={row.utiliseCentimes} />, align: 'droite' },
  { cle: 'paye', titre: 'Payés (euros)', cell: (row) => <Euros centimes={row.payeCentimes} />, align: 'droite' },
]

const sum = (items: readonly Territoire[], value: (row: Territoire) => number): number =>
  items.reduce((total, row) => total + value(row), 0)

const totalsOf = (items: readonly Territoire[]): Record<string, string> => ({
  collectivite: 'Total national',
  ...Object.fromEntries(ETAPES.map((code) => [code, formatNumber(sum(items, ({ etapes }) => countOf(etapes, code)))])),
  utilise: euros(sum(items, ({ utiliseCentimes }) => utiliseCentimes)),
  paye: euros(sum(items, ({ payeCentimes }) => payeCentimes)),
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
            {plural(items.length, 'collectivité')}, chiffres du <Instant at={at} /> <Equality ok={isEqual(items, entonnoir)} />
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
