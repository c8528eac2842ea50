import { financementRoutes } from '@pass/contracts/financement.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { AppelPage } from '@pass/web/modules/financement/appel-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { AppelActs } from '../widgets/appel-acts.tsx'
import { useState } from 'react'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ appel: apiQuery(financementRoutes.getAppel, { params: paramsOf(financementRoutes.getAppel, params) }) })

export const Component = () => {
  const { appel } = useWarmed<typeof loader>()
  const [fait, setFait] = useState<string | null>(null)
  return (
    <AppelPage
      key={appel.id}
      appel={appel}
      paths={paths}
      fait={fait}
      agir={<AppelActs key={appel.statut} appel={appel} onDone={setFait} />}
    />
  )
}
