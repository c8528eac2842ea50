import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { couvertureRoutes, type Repartition } from '@pass/contracts/couverture.ts'
import type { CallInput } from '@pass/contracts/route.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, useApiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { readSearch } from '@pass/web/url.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { ExportLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Calculator } from 'lucide-react'
import { Form, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'

const { simulateRepartition, exportRepartition } = couvertureRoutes

export const loader = () => warm({ stock: apiQuery(carnetRoutes.getStock, {}) })

type Ligne = Repartition['lignes'][number]

const columns = (maille: string): Column<Ligne>[] => [
  { cle: 'nom', titre: maille === 'epci' ? 'Intercommunalité' : 'Commune', cell: (row) => row.nom },
  ...(maille === 'epci'
    ? [{ cle: 'communes', titre: 'Communes', cell: (row: Ligne) => formatNumber(row.communes), align: 'droite' as const }]
    : []),
  { cle: 'population', titre: 'Habitants', cell: (row) => formatNumber(row.population), align: 'droite' },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
]

const MAILLES = [
  { value: 'epci', label: 'Par intercommunalité' },
  { value: 'commune', label: 'Par commune' },
]

/** A simulation is its address: it can be kept, sent, and gone back to. */
const Question = ({ reserve }: { reserve: number }) => {
  const [search] = useSearchParams()
  return (
    <Card titre="Ce que vous répartissez">
      <Form key={search.toString()} className="formulaire" noValidate autoComplete="off" aria-label="Répartir des carnets">
        <TextField
          label="Nombre de carnets"
          name="carnets"
          inputMode="numeric"
          suffixe="carnets"
          aide={`${plural(reserve, 'carnet')} dans votre réserve.`}
          defaultValue={search.get('carnets') ?? (reserve > 0 ? String(reserve) : '1000')}
        />
        <TextField
          label="Part fixe"
          name="partFixe"
          inputMode="numeric"
          suffixe="%"
          aide="Partagée à égalité entre les communes. Le reste suit la population."
          defaultValue={search.get('partFixe') ?? '30'}
        />
        <SelectField label="Présenter" name="maille" vide={null} options={MAILLES} defaultValue={search.get('maille') ?? 'epci'} />
        <div>
          <Button type="submit" icon={Calculator}>
            Calculer la répartition
          </Button>
        </div>
      </Form>
    </Card>
  )
}

type Query = NonNullable<CallInput<typeof simulateRepartition>['query']>

const Answer = ({ query }: { query: Query }) => {
  const { data, error, isFetching } = useApiQuery(simulateRepartition, { query })
  if (error)
    return (
      <Notice tone="refus" live="alert">
        {error.message}
      </Notice>
    )
  if (!data) return <p role="status">{isFetching ? 'Calcul de la répartition…' : ''}</p>
  return (
    <DataTable
      caption={`${plural(data.carnets, 'carnet')} pour ${plural(data.communes, 'commune')} et ${plural(data.population, 'habitant')}`}
      rows={data.lignes}
      rowKey={(row) => row.code}
      columns={columns(query.maille ?? 'epci')}
      totaux={{ nom: 'Total', population: formatNumber(data.population), carnets: formatNumber(data.carnets) }}
      empty={<EmptyState titre="Rien à répartir">Votre territoire ne nomme aucune commune.</EmptyState>}
      pied={<ExportLink href={fileUrl(exportRepartition, { query })} />}
    />
  )
}

export const Component = () => {
  const { stock } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const query = readSearch(simulateRepartition.query, search) as Query
  return (
    <Page
      titre="Simuler une répartition"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.stock(), label: 'Stock et attributions' },
      ]}
      intro="Une part fixe par commune, le reste selon la population. Rien n’est attribué."
    >
      <Question reserve={stock.reserve} />
      {search.has('carnets') && <Answer query={query} />}
    </Page>
  )
}
