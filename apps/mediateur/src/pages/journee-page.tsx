import { formatLongDay } from '@pass/domain/days.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Columns, Stack } from '@pass/web/ui/card.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TodoList } from '@pass/web/ui/todo.tsx'
import { Plus } from 'lucide-react'
import { Link } from 'react-router'
import { dayHere, getAccueil, getMonDu, listAteliers, needPlaces } from '../calls.ts'
import { paths } from '../paths.ts'
import { AtelierCard } from '../widgets/atelier-card.tsx'
import { MoneyCard } from '../widgets/money-card.tsx'

export const loader = async () => {
  await needPlaces()
  return warm({
    accueil: apiQuery(getAccueil, {}),
    ateliers: apiQuery(listAteliers, { query: { du: dayHere(), au: dayHere(), taille: 50 } }),
    du: apiQuery(getMonDu, {}),
  })
}

/** What the API calls the page of the transfers. */
const API_VIREMENTS = '/remboursements'

const New = () => (
  <LinkButton to={paths.nouvelAtelier()} icon={Plus}>
    Nouvel atelier
  </LinkButton>
)

export const Component = () => {
  const { accueil, ateliers, du } = useWarmed<typeof loader>()
  // what this very page already shows is not announced again
  const shown = [API_VIREMENTS, paths.ateliers(), ...ateliers.items.map(({ id }) => paths.atelier({ atelierId: id }))]
  const aFaire = accueil.aFaire.filter(({ lien }) => !shown.includes(lien))
  const items = ateliers.items.toSorted((a, b) => a.debut.localeCompare(b.debut))
  return (
    <Page titre="Ma journée" intro={formatLongDay(dayHere())} actions={<New />}>
      <Columns>
        <Stack>
          <h2>Ateliers du jour</h2>
          {items.length === 0 ? (
            <div className="carte">
              <EmptyState titre="Aucun atelier aujourd’hui" action={<New />}>
                Vos ateliers du jour paraissent ici.
              </EmptyState>
            </div>
          ) : (
            <ul className="pile">
              {items.map((atelier) => (
                <AtelierCard key={atelier.id} atelier={atelier} />
              ))}
            </ul>
          )}
        </Stack>
        <Stack>
          <MoneyCard du={du}>
            <p>
              <Link to={paths.virements()}>Voir les virements</Link>
            </p>
          </MoneyCard>
          {aFaire.length > 0 && (
            <TodoList
              items={aFaire.map(({ nombre, titre, texte, lien, action }) => ({ nombre, titre, texte, to: lien, lien: action }))}
              rien={null}
            />
          )}
        </Stack>
      </Columns>
    </Page>
  )
}
