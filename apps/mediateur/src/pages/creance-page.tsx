import { creanceRoutes } from '@pass/contracts/creances.ts'
import { apiQuery, fileUrl, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { CreanceBadge } from '@pass/web/modules/creances/creance-badge.ts'
import { CreanceFacts, CreanceLines, CreanceSteps } from '@pass/web/modules/creances/creance-facts.tsx'
import { PieceDeposit, PiecesCard } from '@pass/web/modules/pieces/pieces-card.tsx'
import { useCan } from '@pass/web/session.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { getCreance, uploadCreancePiece, downloadCreancePiece } = creanceRoutes

export const loader = ({ params }: LoaderFunctionArgs) => warm({ creance: apiQuery(getCreance, { params: paramsOf(getCreance, params) }) })

export const Component = () => {
  const { creance } = useWarmed<typeof loader>()
  const can = useCan()
  const params = { creanceId: creance.id }
  const isOpen = creance.statut === 'declaree' || creance.statut === 'examinee'
  return (
    <Page
      titre={`Créance ${creance.reference}`}
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.creances(), label: 'Pass impayés' },
      ]}
      badge={<CreanceBadge statut={creance.statut} />}
    >
      {creance.pieces.length === 0 && isOpen && (
        <Notice tone="attente" titre="Il manque votre preuve.">
          Déposez les feuilles d’émargement ou les bordereaux d’alors : sans elles, la créance ne peut pas être acceptée.
        </Notice>
      )}
      <div className="deux">
        <CreanceFacts creance={creance} />
        <CreanceSteps creance={creance} />
        <PiecesCard
          titre="Vos preuves"
          pieces={creance.pieces}
          hrefOf={({ id: pieceId }) => fileUrl(downloadCreancePiece, { params: { ...params, pieceId } })}
          vide="Aucune preuve pour le moment."
        >
          {isOpen && can('creance:declare') && (
            <PieceDeposit
              route={uploadCreancePiece}
              input={{ params }}
              label="Déposer une preuve"
              aide="Feuille d’émargement, bordereau : PDF, JPEG ou PNG, 5 Mo au plus."
              invalidates={[getCreance]}
            />
          )}
        </PiecesCard>
      </div>
      <CreanceLines creance={creance} />
    </Page>
  )
}
