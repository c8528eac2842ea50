import { livreRoutes } from '@pass/contracts/livres.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { MoisTable } from '@pass/web/modules/comptes/mois-table.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { paths } from '../paths.ts'

export const loader = () => warm({ mois: apiQuery(livreRoutes.listMoisComptables, {}) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.grandLivre(), label: 'Grand livre' },
]

export const Component = () => {
  const { mois } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Mois comptables"
      fil={FIL}
      intro="L’opérateur clôt les comptes de chaque mois. Dans un mois clos, plus rien ne s’écrit : ses soldes sont définitifs."
    >
      <MoisTable items={mois.items} avecOperateur />
    </Page>
  )
}
