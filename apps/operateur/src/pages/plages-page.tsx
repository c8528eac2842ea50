import { BlockPlages } from '@pass/web/modules/carnets/block-plages.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { paths } from '../paths.ts'

export const Component = () => (
  <Page
    titre="Bloquer plusieurs carnets"
    fil={[
      { to: paths.accueil(), label: 'Accueil' },
      { to: paths.carnets(), label: 'Carnets' },
    ]}
    intro="Une plage de votre production, en un seul geste. Seule la collectivité peut débloquer."
    etroit
  >
    <BlockPlages />
  </Page>
)
