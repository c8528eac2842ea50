import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { AppelNext, AppelPage } from '@pass/web/modules/financement/appel-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const PHRASES = {
  brouillon: 'La collectivité prépare cet appel.',
  appele: 'Réglez ce montant à la collectivité en indiquant le numéro de l’appel. Les preuves se téléchargent ici.',
  recu: 'La collectivité a reçu les fonds : rien ne reste à faire.',
  refuse: 'Cet appel a été refusé. La collectivité peut en préparer un autre.',
}

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ appel: apiQuery(financementRoutes.getAppel, { params: paramsOf(financementRoutes.getAppel, params) }) })

export const Component = () => {
  const { appel } = useWarmed<typeof loader>()
  return <AppelPage key={appel.id} appel={appel} paths={paths} agir={<AppelNext appel={appel} phrases={PHRASES} />} />
}
