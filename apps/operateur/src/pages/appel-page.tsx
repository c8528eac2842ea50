import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { AppelPage } from '@pass/web/modules/financement/appel-page.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const SENTENCE = {
  brouillon: 'La collectivité prépare cet appel.',
  appele: 'L’appel est envoyé au financeur : la collectivité attend les fonds.',
  recu: 'La collectivité a reçu les fonds : rien ne reste à faire.',
  refuse: 'Le financeur a refusé cet appel. La collectivité peut en préparer un autre.',
}

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ appel: apiQuery(financementRoutes.getAppel, { params: paramsOf(financementRoutes.getAppel, params) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.financements(), label: 'Financement' },
  { to: paths.appels(), label: 'Appels de fonds' },
]

export const Component = () => {
  const { appel } = useWarmed<typeof loader>()
  return (
    <AppelPage
      key={appel.id}
      appel={appel}
      fil={FIL}
      convention={
        <Link to={paths.financement({ conventionId: appel.convention.id })}>{`${appel.convention.reference} ${appel.convention.nom}`}</Link>
      }
      agir={
        <Card titre="Suite">
          <p>{SENTENCE[appel.statut]}</p>
        </Card>
      }
    />
  )
}
