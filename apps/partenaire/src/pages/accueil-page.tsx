import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { ROLE_SENTENCES } from '@pass/domain/organisations.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { todosOf } from '@pass/web/modules/accueil/todos.ts'
import { useCan, useSession } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TodoList } from '@pass/web/ui/todo.tsx'
import { Link } from 'react-router'
import { paths } from '../paths.ts'

export const loader = () => warm({ accueil: apiQuery(accueilRoutes.getAccueil, {}) })

const introOf = (count: number): string =>
  count === 0 ? 'Rien ne vous attend aujourd’hui.' : `${plural(count, 'chose vous attend', 'choses vous attendent')} aujourd’hui.`

const LATER: Partial<Record<string, string>> = {
  prefecture: 'Les dossiers de labellisation de votre département paraîtront ici quand l’opérateur les aura instruits.',
  hub: 'Les lieux et les prescripteurs nouveaux de votre territoire paraîtront ici.',
  financeur: 'Les appels de fonds et les justificatifs de vos conventions paraîtront ici.',
}

export const Component = () => {
  const { utilisateur, organisation, role, departement } = useSession()
  const can = useCan()
  const { accueil } = useWarmed<typeof loader>()
  return (
    <Page titre={`Bonjour ${utilisateur.prenom}`} intro={introOf(accueil.aFaire.length)}>
      <TodoList items={todosOf(accueil.aFaire)} rien={<p>{LATER[organisation.type]}</p>} />
      <Card titre="Votre rôle ici">
        <p>{ROLE_SENTENCES[role]}</p>
        <ul>
          {can('convention:read') && (
            <li>
              <Link to={paths.conventions()}>Voir les conventions que vous financez</Link>
            </li>
          )}
          <li>
            <Link to={paths.lieux(departement === null ? {} : { departement })}>
              {departement === null ? 'Voir les lieux de médiation' : 'Voir les lieux de médiation de votre département'}
            </Link>
          </li>
        </ul>
      </Card>
    </Page>
  )
}
