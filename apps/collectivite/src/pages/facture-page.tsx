import { type Facture, factureRoutes } from '@pass/contracts/factures.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { FacturePage } from '@pass/web/modules/factures/facture-page.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ facture: apiQuery(factureRoutes.getFacture, { params: paramsOf(factureRoutes.getFacture, params) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.factures(), label: 'Factures' },
]

const otherOf = ({ origine, avoir }: Facture) => {
  const other = origine ?? avoir
  return other && <Link to={paths.facture({ factureId: other.id })}>{other.numero}</Link>
}

export const Component = () => {
  const { facture } = useWarmed<typeof loader>()
  return (
    <FacturePage
      key={facture.id}
      facture={facture}
      fil={FIL}
      commande={<Link to={paths.commande({ commandeId: facture.commande.id })}>{facture.commande.reference}</Link>}
      autre={otherOf(facture)}
    />
  )
}
