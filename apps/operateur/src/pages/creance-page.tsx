import { creanceRoutes } from '@pass/contracts/creances.ts'
import { apiQuery, fileUrl, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { CreanceBadge } from '@pass/web/modules/creances/creance-badge.ts'
import { CreanceFacts, CreanceLines, CreanceSteps } from '@pass/web/modules/creances/creance-facts.tsx'
import { PiecesCard } from '@pass/web/modules/pieces/pieces-card.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { CreanceActs } from '../widgets/creance-acts.tsx'

const { getCreance, downloadCreancePiece } = creanceRoutes

export const loader = ({ params }: LoaderFunctionArgs) => warm({ creance: apiQuery(getCreance, { params: paramsOf(getCreance, params) }) })

export const Component = () => {
  const { creance } = useWarmed<typeof loader>()
  return (
    <Page
      titre={`Créance ${creance.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.creances(), label: 'Registre des créances' },
      ]}
      badge={<CreanceBadge statut={creance.statut} />}
    >
      <div className="deux">
        <CreanceFacts creance={creance} />
        <CreanceSteps creance={creance} />
        <PiecesCard
          titre="Preuves de la structure"
          pieces={creance.pieces}
          hrefOf={({ id: pieceId }) => fileUrl(downloadCreancePiece, { params: { creanceId: creance.id, pieceId } })}
          vide="La structure n’a pas encore déposé de preuve."
        />
        <CreanceActs creance={creance} />
      </div>
      <CreanceLines creance={creance} />
    </Page>
  )
}
