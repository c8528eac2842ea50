import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { AppelNext, AppelPage } from '@pass/web/modules/financement/appel-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const PHRASES = {
  brouillon: 'La collectivité prépare cet appel.',
  appele: 'L’appel est envoyé au financeur : la collectivité attend les fonds.',
  recu: 'La collectivité a reçu les fonds : rien ne reste à faire.',
  refuse: 'Le financeur a refusé cet appel. La collectivité peut en préparer un autre.',
}

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ appel: apiQuery(financementRoutes.getAppel, { params: paramsOf(financementRoutes.getAppel, params) }) })

export const Component = () => {
  const { appel } = useWarmed<typeof loader>()
  return <AppelPage key={appel.id} appel={appel} paths={paths} agir={<AppelNext appel={appel} phrases={PHRASES} />} />
}
