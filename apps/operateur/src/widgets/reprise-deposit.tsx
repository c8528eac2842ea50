import { type Reprise, repriseRoutes } from '@pass/contracts/reprises.ts'
import { TABLE_RULE } from '@pass/domain/pieces.ts'
import { whyNotDeposit } from '@pass/domain/reprises.ts'
import { fileUrl } from '@pass/web/api.ts'
import { PieceDeposit, PiecesCard } from '@pass/web/modules/pieces/pieces-card.tsx'
import { TableDeposit } from '@pass/web/modules/pieces/table-deposit.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { useDeposit } from '@pass/web/upload.ts'
import { REPRISE_READS } from './reprise-calls.ts'
import { useRoleReason } from './role-reason.ts'

const { uploadRepriseFichier, uploadReprisePiece, downloadReprisePiece, downloadRepriseModele } = repriseRoutes

const FileBox = ({ reprise }: { reprise: Reprise }) => {
  const input = { params: { repriseId: reprise.id } }
  return (
    <TableDeposit
      deposit={useDeposit(uploadRepriseFichier, input, { rule: TABLE_RULE, invalidates: REPRISE_READS })}
      label={reprise.nom ? 'Déposer le fichier de nouveau' : 'Fichier des carnets'}
      aide="CSV ou XLSX, une ligne par pass, 100 000 lignes au plus."
      accept=".csv,.txt,.xlsx"
    />
  )
}

/** The file of the former operator: given, and given again corrected, until it is applied. */
export const RepriseFile = ({ reprise }: { reprise: Reprise }) => {
  const reason = useRoleReason()('reprise:import')
  if (whyNotDeposit(reprise)) return null
  return (
    <Card titre="Fichier de l’ancien opérateur">
      <div className="pile">
        <p>
          Une ligne par pass : le numéro du carnet, le code, l’état (non utilisé, utilisé, impayé), la fin de validité et la preuve. Pour un
          carnet déjà remis, la date et le SIRET du prescripteur. Les codes ne sont jamais gardés : seule leur empreinte l’est.
        </p>
        <FileLink href={fileUrl(downloadRepriseModele, {})} nom="Modèle de fichier" type="CSV" />
        {reason ? <Notice tone="info">{reason}</Notice> : <FileBox reprise={reprise} />}
      </div>
    </Card>
  )
}

/** What proves the file: the former operator's statement, the liquidator's letter. */
export const RepriseProofs = ({ reprise }: { reprise: Reprise }) => {
  const reason = useRoleReason()('reprise:import')
  const params = { repriseId: reprise.id }
  return (
    <PiecesCard
      titre="Preuves"
      pieces={reprise.pieces}
      hrefOf={({ id: pieceId }) => fileUrl(downloadReprisePiece, { params: { ...params, pieceId } })}
      vide="Aucune preuve pour le moment. Il en faut une avant de reprendre les carnets."
    >
      {reprise.statut !== 'appliquee' && !reason && (
        <PieceDeposit
          route={uploadReprisePiece}
          input={{ params }}
          label="Déposer une preuve"
          aide="État du stock, courrier du liquidateur : PDF, JPEG ou PNG, 5 Mo au plus."
          invalidates={REPRISE_READS}
        />
      )}
    </PiecesCard>
  )
}
