import { BlockPlages } from '@pass/web/modules/carnets/block-plages.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { paths } from '../paths.ts'

export const Component = () => (
  <Page
    titre="Signaler plusieurs carnets perdus ou volés"
    fil={[
      { to: paths.accueil(), label: 'Accueil' },
      { to: paths.stock(), label: 'Mon stock' },
    ]}
    intro="Une boîte ou une plage en un seul geste. Seule la collectivité peut débloquer."
    etroit
  >
    <BlockPlages />
  </Page>
)
