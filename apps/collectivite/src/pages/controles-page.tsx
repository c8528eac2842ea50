import { livreRoutes } from '@pass/contracts/livres.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { ControlesView } from '@pass/web/modules/comptes/controles-view.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { paths } from '../paths.ts'

export const loader = () => warm({ controles: apiQuery(livreRoutes.getControles, {}) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.grandLivre(), label: 'Grand livre' },
]

export const Component = () => {
  const { controles } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Contrôles"
      fil={FIL}
      intro="Chaque nuit, tout le grand livre est recompté, pass par pass : chaque contrôle compte ce qui ne doit jamais être."
    >
      <ControlesView controles={controles} />
    </Page>
  )
}
