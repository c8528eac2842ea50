import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import { PIECE_TYPES, whyNotStore, whyTooHeavy } from '@pass/domain/pieces.ts'
import { useState } from 'react'
import { useApiQuery } from '../../api.ts'
import { FileField } from '../../ui/file-field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useUpload } from '../../upload.ts'

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
  const [refusal, setRefusal] = useState<string | null>(null)
  const upload = useUpload(
    uploadConventionPiece,
    { params },
    { invalidates: [listConventionPieces], onSuccess: ({ id: made }) => onChange(made) },
  )
  const pieces = data?.items ?? []
  const pick = async (file: File) => {
    upload.reset()
    const refused = whyTooHeavy(file.size) ?? whyNotStore(new Uint8Array(await file.arrayBuffer()))
    setRefusal(refused?.message ?? null)
    if (!refused) upload.mutate(file)
  }
  const known = upload.error && 'code' in upload.error && upload.error.code === 'deja_enregistre'
  const said = known ? 'Ce document est déjà déposé : choisissez-le dans la liste.' : (refusal ?? upload.error?.message)
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
        onPick={(file) => void pick(file)}
      />
    </>
  )
}
