import { echeanceRoutes } from '@pass/contracts/echeances.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { EcheanceSheet } from '@pass/web/modules/echeances/echeance-sheet.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { getEcheance } = echeanceRoutes

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ echeance: apiQuery(getEcheance, { params: paramsOf(getEcheance, params) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.echeances(), label: 'Échéances' },
]

export const Component = () => {
  const { echeance } = useWarmed<typeof loader>()
  const { commande, convention } = echeance
  return (
    <EcheanceSheet
      key={echeance.lotId}
      echeance={echeance}
      fil={FIL}
      commande={<Link to={paths.commande({ commandeId: commande.id })}>{commande.reference}</Link>}
      convention={<Link to={paths.convention({ conventionId: convention.id })}>{convention.nom}</Link>}
    />
  )
}
