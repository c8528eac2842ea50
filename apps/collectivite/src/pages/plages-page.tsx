import { BlockPlages } from '@pass/web/modules/carnets/block-plages.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { paths } from '../paths.ts'

export const Component = () => (
  <Page
    titre="Bloquer ou débloquer des carnets"
    fil={[
      { to: paths.accueil(), label: 'Accueil' },
      { to: paths.carnets(), label: 'Carnets' },
    ]}
    intro="Une boîte perdue, un vol, un contrôle : toute une plage en un seul geste."
    etroit
  >
    <BlockPlages />
  </Page>
)
