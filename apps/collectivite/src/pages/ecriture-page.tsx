import { compteRoutes } from '@pass/contracts/comptes.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { EcriturePage } from '@pass/web/modules/comptes/ecriture-page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ ecriture: apiQuery(compteRoutes.getTransfer, { params: paramsOf(compteRoutes.getTransfer, params) }) })

const SOURCES = {
  commande: (commandeId: string) => paths.commande({ commandeId }),
  appel: (appelId: string) => paths.appel({ appelId }),
  echeance: (lotId: string) => paths.echeance({ lotId }),
}

export const Component = () => {
  const { ecriture } = useWarmed<typeof loader>()
  return <EcriturePage ecriture={ecriture} paths={paths} sources={SOURCES} />
}
