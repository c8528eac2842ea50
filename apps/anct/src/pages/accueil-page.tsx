import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { todosOf } from '@pass/web/modules/accueil/todos.ts'
import { ArgentFigures } from '@pass/web/modules/pilotage/argent-figures.tsx'
import { EntonnoirFunnel } from '@pass/web/modules/pilotage/entonnoir-funnel.tsx'
import { TauxTable } from '@pass/web/modules/pilotage/taux-table.tsx'
import { useSession } from '@pass/web/session.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TodoList } from '@pass/web/ui/todo.tsx'
import { paths } from '../paths.ts'

export const loader = () => warm({ accueil: apiQuery(accueilRoutes.getAccueil, {}), entonnoir: apiQuery(pilotageRoutes.getEntonnoir, {}) })

const introOf = (count: number): string =>
  count === 0 ? 'Rien ne vous attend aujourd’hui.' : `${plural(count, 'chose vous attend', 'choses vous attendent')} aujourd’hui.`

export const Component = () => {
  const { utilisateur } = useSession()
  const { accueil, entonnoir } = useWarmed<typeof loader>()
  return (
    <Page titre={`Bonjour ${utilisateur.prenom}`} intro={introOf(accueil.aFaire.length)}>
      <TodoList items={todosOf(accueil.aFaire)} rien={<p>Les conventions à signer pour l’État paraîtront ici.</p>} />
      <h2>Où en sont les carnets, dans tout le pays</h2>
      <EntonnoirFunnel entonnoir={entonnoir} to={(etape) => (etape === 'commandes' ? paths.commandes() : paths.territoires())} />
      <h2>Où en est l’argent</h2>
      <ArgentFigures argent={entonnoir.argent} />
      <h2>Taux</h2>
      <TauxTable taux={entonnoir.taux} to={() => paths.territoires()} />
    </Page>
  )
}
