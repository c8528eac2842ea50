import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { ROLE_LABELS } from '@pass/domain/organisations.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { todosOf } from '@pass/web/modules/accueil/todos.ts'
import { ArgentFigures } from '@pass/web/modules/pilotage/argent-figures.tsx'
import { EntonnoirFunnel } from '@pass/web/modules/pilotage/entonnoir-funnel.tsx'
import type { EtapeCode } from '@pass/web/modules/pilotage/etapes.ts'
import { useSession } from '@pass/web/session.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TodoList } from '@pass/web/ui/todo.tsx'
import { paths } from '../paths.ts'

export const loader = () => warm({ accueil: apiQuery(accueilRoutes.getAccueil, {}), entonnoir: apiQuery(pilotageRoutes.getEntonnoir, {}) })

const listOf = (etape: EtapeCode): string | undefined => {
  if (etape === 'commandes') return paths.commandes()
  if (etape === 'utilises') return paths.carnets({ etape: 'entames' })
  return etape === 'rembourses' ? paths.bordereaux({ statut: 'paye' }) : paths.carnets({ etape })
}

const intro = (count: number): string =>
  count === 0 ? 'Rien ne vous attend aujourd’hui.' : count === 1 ? 'Une chose vous attend.' : `${count} choses vous attendent.`

const Nothing = () => (
  <p>
    <strong>Rien à faire pour le moment.</strong> Les commandes à préparer et les bordereaux à traiter paraîtront ici dès que ce sera votre
    tour.
  </p>
)

export const Component = () => {
  const { accueil, entonnoir } = useWarmed<typeof loader>()
  const { utilisateur, role } = useSession()
  const { aFaire } = accueil
  return (
    <Page titre={`Bonjour ${utilisateur.prenom}`} intro={`${ROLE_LABELS[role]}. ${intro(aFaire.length)}`}>
      <TodoList items={todosOf(aFaire)} rien={<Nothing />} />
      <section className="pile" aria-labelledby="carnets">
        <h2 id="carnets">Où en sont les carnets</h2>
        <EntonnoirFunnel entonnoir={entonnoir} to={listOf} />
      </section>
      <section className="pile" aria-labelledby="argent">
        <h2 id="argent">Où en est l’argent</h2>
        <ArgentFigures argent={entonnoir.argent} />
      </section>
    </Page>
  )
}
