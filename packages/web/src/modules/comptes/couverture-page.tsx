import type { CouvertureFonds } from '@pass/contracts/livres.ts'
import { Page } from '../../ui/page.tsx'
import { CouvertureView } from './couverture-view.tsx'
import type { LedgerFilter } from './filter.ts'

type Props = {
  couverture: CouvertureFonds
  paths: { accueil: () => string; grandLivre: (of: { conventionId: string } & LedgerFilter) => string }
}

/** The funds of a convention, day by day. */
export const CouverturePage = ({ couverture, paths }: Props) => {
  const { id: conventionId, reference, nom } = couverture.convention
  return (
    <Page
      titre={`Couverture ${reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.grandLivre({ conventionId }), label: `Grand livre ${reference}` },
      ]}
      intro={`${nom}. Aucun pass n’est activé sans les fonds qui le couvrent : voici ce qui est entré, ce qui a servi et ce qui reste.`}
    >
      <CouvertureView couverture={couverture} to={(filter) => paths.grandLivre({ conventionId, ...filter })} />
    </Page>
  )
}
