import { compteRoutes } from '@pass/contracts/comptes.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { EcritureView } from '@pass/web/modules/comptes/ecriture-view.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ ecriture: apiQuery(compteRoutes.getTransfer, { params: paramsOf(compteRoutes.getTransfer, params) }) })

const SOURCES: Record<string, (id: string) => string> = {
  commande: (commandeId) => paths.commande({ commandeId }),
  bordereau: (bordereauId) => paths.bordereau({ bordereauId }),
  appel: (appelId) => paths.appel({ appelId }),
  echeance: (lotId) => paths.echeance({ lotId }),
}
const toSource = ({ type, id }: { type: string; id: string }): string | null => SOURCES[type]?.(id) ?? null

export const Component = () => {
  const { ecriture } = useWarmed<typeof loader>()
  const { id: conventionId, reference, nom } = ecriture.convention
  return (
    <Page
      titre={`Écriture ${ecriture.cle}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.grandLivre({ conventionId }), label: `Grand livre ${reference}` },
      ]}
      intro={`${nom}. Une écriture n’est jamais changée : une erreur se corrige par une écriture inverse.`}
    >
      <EcritureView ecriture={ecriture} toSource={toSource} />
    </Page>
  )
}
