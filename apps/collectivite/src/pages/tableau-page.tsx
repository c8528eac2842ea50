import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { ArgentFigures } from '@pass/web/modules/pilotage/argent-figures.tsx'
import { EntonnoirFunnel } from '@pass/web/modules/pilotage/entonnoir-funnel.tsx'
import { EtapesTable } from '@pass/web/modules/pilotage/etapes-table.tsx'
import { TauxTable } from '@pass/web/modules/pilotage/taux-table.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'
import { compteLink, etapeLink } from '../widgets/links.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    entonnoir: apiQuery(pilotageRoutes.getEntonnoir, { query: queryFrom(pilotageRoutes.getEntonnoir, request) }),
    conventions: apiQuery(conventionRoutes.listConventions, { query: { taille: 100 } }),
  })

export const Component = () => {
  const { entonnoir, conventions } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const chosen = search.get('conventionId') ?? undefined
  const only = conventions.items.length === 1 ? conventions.items[0]?.id : undefined
  const to = etapeLink(chosen ?? only)
  return (
    <Page
      titre="Tableau de bord"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Chaque nombre porte le nom de son étape et ouvre sa liste."
    >
      <div className="tableau">
        <Filters>
          <FilterSelect
            name="conventionId"
            label="Convention"
            vide="Toutes"
            options={conventions.items.map(({ id, nom }) => ({ value: id, label: nom }))}
          />
        </Filters>
      </div>
      <h2>Carnets et pass</h2>
      <EntonnoirFunnel entonnoir={entonnoir} to={to} />
      <EtapesTable etapes={entonnoir.etapes} to={to} />
      <h2>Argent</h2>
      <ArgentFigures argent={entonnoir.argent} to={compteLink(chosen ?? only)} />
      <h2>Taux</h2>
      <TauxTable taux={entonnoir.taux} to={to} />
    </Page>
  )
}
