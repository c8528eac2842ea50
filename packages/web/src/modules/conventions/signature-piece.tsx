import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import { PIECE_TYPES } from '@pass/domain/pieces.ts'
import { useApiQuery } from '../../api.ts'
import { FileField } from '../../ui/file-field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useDeposit } from '../../upload.ts'

type Props = {
  conventionId: string
  id: string
  value: string | null | undefined
  error?: string | undefined
  onChange: (pieceId: string) => void
}

const { listConventionPieces, uploadConventionPiece } = conventionVersionRoutes

/** The signed paper: one already deposited (the same one often bears several signatures), or a new scan. */
export const SignaturePiece = ({ conventionId, id, value, error, onChange }: Props) => {
  const params = { conventionId }
  const { data } = useApiQuery(listConventionPieces, { params })
  const { upload, pick, refus } = useDeposit(
    uploadConventionPiece,
    { params },
    { invalidates: [listConventionPieces], onSuccess: ({ id: made }) => onChange(made) },
  )
  const pieces = data?.items ?? []
  const known = upload.error && 'code' in upload.error && upload.error.code === 'deja_enregistre'
  const said = known ? 'Ce document est déjà déposé : choisissez-le dans la liste.' : refus
  return (
    <>
      {pieces.length > 0 && (
        <SelectField
          label="Document signé"
          facultatif
          vide="Aucun pour le moment"
          id={id}
          error={error}
          value={value ?? ''}
          options={pieces.map((piece) => ({
            value: piece.id,
            label: `${piece.nom}, déposé le ${formatDay(parisDay(new Date(piece.deposeeAt)))}`,
          }))}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
      <FileField
        label={pieces.length > 0 ? 'Déposer un autre document signé' : 'Document signé'}
        facultatif
        aide={
          upload.isPending
            ? `Envoi en cours : ${Math.round(upload.part * 100)} %.`
            : 'Le scan ou la photo : PDF, JPEG ou PNG, 5 Mo au plus.'
        }
        error={said}
        id={`${id}-fichier`}
        accept={PIECE_TYPES.join(',')}
        disabled={upload.isPending}
        onPick={pick}
      />
    </>
  )
}
