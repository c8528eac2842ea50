import { listDepartements, listLieux } from '../calls.ts'
import { plural } from '@pass/domain/money.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSearch, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { LieuRow } from '../widgets/lieu-row.tsx'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listLieux, { query: queryFrom(listLieux, request) }), departements: apiQuery(listDepartements, {}) })

const Filtres = ({ departements }: { departements: readonly { code: string; nom: string }[] }) => (
  <Filters>
    <FilterSearch name="recherche" label="Commune, code postal ou nom du lieu" exemple="Bonnat" />
    <FilterSelect
      name="departement"
      label="Département"
      options={departements.map(({ code, nom }) => ({ value: code, label: `${code} – ${nom}` }))}
    />
    <FilterSelect name="theme" label="Pour apprendre" options={optionsOf(THEME_LABELS)} vide="Tous les thèmes" />
  </Filters>
)

export const Component = () => {
  const { page, departements } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Trouver un lieu"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Ces lieux acceptent le Pass numérique. Téléphonez avant de venir : vous saurez quand a lieu le prochain atelier."
    >
      <div className="tableau">
        <Filtres departements={departements.items} />
        <p className="compte-lieux petit doux" role="status">
          {page.total === null ? plural(page.items.length, 'lieu', 'lieux') : plural(page.total, 'lieu trouvé', 'lieux trouvés')}
        </p>
        {page.items.length === 0 ? (
          <EmptyState
            titre="Aucun lieu ne correspond"
            action={
              <LinkButton variant="second" to={paths.lieux()}>
                Voir tous les lieux
              </LinkButton>
            }
          >
            Essayez une commune voisine, ou enlevez un filtre.
          </EmptyState>
        ) : (
          <ul className="lieux">
            {page.items.map((lieu) => (
              <LieuRow key={lieu.id} lieu={lieu} />
            ))}
          </ul>
        )}
        <Pagination suivant={page.suivant} total={page.total} count={page.items.length} />
      </div>
    </Page>
  )
}
