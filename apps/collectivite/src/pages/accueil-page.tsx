import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { todosOf } from '@pass/web/modules/accueil/todos.ts'
import { ArgentFigures } from '@pass/web/modules/pilotage/argent-figures.tsx'
import { EntonnoirFunnel } from '@pass/web/modules/pilotage/entonnoir-funnel.tsx'
import { useSession } from '@pass/web/session.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TodoList } from '@pass/web/ui/todo.tsx'
import { compteLink, etapeLink } from '../widgets/links.ts'

export const loader = () =>
  warm({
    accueil: apiQuery(accueilRoutes.getAccueil, {}),
    entonnoir: apiQuery(pilotageRoutes.getEntonnoir, {}),
    conventions: apiQuery(conventionRoutes.listConventions, { query: { taille: 10 } }),
  })

const introOf = (count: number): string =>
  count === 0 ? 'Rien ne vous attend aujourd’hui.' : `${plural(count, 'chose vous attend', 'choses vous attendent')} aujourd’hui.`

export const Component = () => {
  const { utilisateur } = useSession()
  const { accueil, entonnoir, conventions } = useWarmed<typeof loader>()
  const only = conventions.items.length === 1 ? conventions.items[0]?.id : undefined
  return (
    <Page titre={`Bonjour ${utilisateur.prenom}`} intro={introOf(accueil.aFaire.length)}>
      <TodoList
        items={todosOf(accueil.aFaire)}
        rien={<p>Les devis à signer, les maquettes à valider et les carnets à recevoir paraîtront ici.</p>}
      />
      <h2>Où en sont vos carnets</h2>
      <EntonnoirFunnel entonnoir={entonnoir} to={etapeLink(only)} />
      <h2>Où en est l’argent</h2>
      <ArgentFigures argent={entonnoir.argent} to={compteLink(only)} />
    </Page>
  )
}
