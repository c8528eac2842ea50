import { plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { useSession } from '@pass/web/session.tsx'
import { TodoList } from '@pass/web/ui/todo.tsx'
import { HandHeart } from 'lucide-react'
import { getAccueil, getStock } from '../calls.ts'
import { paths } from '../paths.ts'
import { StockFigures } from '../widgets/stock-figures.tsx'

export const loader = () => warm({ accueil: apiQuery(getAccueil, {}), stock: apiQuery(getStock, {}) })

export const Component = () => {
  const { accueil, stock } = useWarmed<typeof loader>()
  const { utilisateur } = useSession()
  const count = accueil.aFaire.length
  return (
    <Page
      titre={`Bonjour ${utilisateur.prenom}`}
      intro={
        count === 0 ? 'Rien ne vous attend aujourd’hui.' : `${plural(count, 'chose vous attend', 'choses vous attendent')} aujourd’hui.`
      }
      actions={
        <LinkButton to={paths.remettre()} icon={HandHeart}>
          Remettre un carnet
        </LinkButton>
      }
    >
      <TodoList
        items={accueil.aFaire.map(({ nombre, titre, texte, lien, action }) => ({ nombre, titre, texte, to: lien, lien: action }))}
        rien={<p>Une attribution de carnets à confirmer, ou un stock bientôt vide, paraîtra ici.</p>}
      />
      <h2>Vos carnets</h2>
      <StockFigures stock={stock} />
    </Page>
  )
}
