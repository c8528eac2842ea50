import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { AppelPage } from '@pass/web/modules/financement/appel-page.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { AppelActs } from '../widgets/appel-acts.tsx'
import { useState } from 'react'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ appel: apiQuery(financementRoutes.getAppel, { params: paramsOf(financementRoutes.getAppel, params) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.financements(), label: 'Financement' },
  { to: paths.appels(), label: 'Appels de fonds' },
]

export const Component = () => {
  const { appel } = useWarmed<typeof loader>()
  const [fait, setFait] = useState<string | null>(null)
  return (
    <AppelPage
      key={appel.id}
      appel={appel}
      fil={FIL}
      fait={fait}
      convention={
        <Link to={paths.financement({ conventionId: appel.convention.id })}>{`${appel.convention.reference} ${appel.convention.nom}`}</Link>
      }
      agir={<AppelActs key={appel.statut} appel={appel} onDone={setFait} />}
    />
  )
}
