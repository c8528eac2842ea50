import type { Atelier } from '@pass/contracts/ateliers.ts'
import type { Piece } from '@pass/contracts/pieces.ts'
import { formatInstant } from '@pass/domain/days.ts'
import { FILE_LABELS, PIECE_TYPES } from '@pass/domain/pieces.ts'
import { fileUrl, useApiQuery } from '@pass/web/api.ts'
import { ApiError, isUnsettled } from '@pass/web/errors.ts'
import { useUpload } from '@pass/web/upload.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { type ChangeEvent, useId, useState } from 'react'
import { Link } from 'react-router'
import { downloadPiece, drawEmargement, listPieces, uploadPiece } from '../calls.ts'
import { paths } from '../paths.ts'
import { formatOctets, whyNotSend } from './scan-file.ts'
import { shrinkPhoto } from './shrink-photo.ts'

const kindOf = (type: string): string => PIECE_TYPES.filter((one) => one === type).map((one) => FILE_LABELS[one])[0] ?? 'fichier'

const PieceRow = ({ piece, zone }: { piece: Piece; zone: string }) => (
  <li>
    <FileLink
      href={fileUrl(downloadPiece, { params: { pieceId: piece.id } })}
      nom={piece.nom}
      type={kindOf(piece.type)}
      taille={formatOctets(piece.octets)}
    />
    <p className="petit doux">
      Déposée le {formatInstant(new Date(piece.deposeeAt), zone)} par {piece.par}. Empreinte{' '}
      <span className="code">{piece.sha256.slice(0, 12)}…</span>
    </p>
  </li>
)

const Pieces = ({ atelier: { id, lieu } }: { atelier: Atelier }) => {
  const { data, error, refetch } = useApiQuery(listPieces, { params: { atelierId: id } })
  if (error)
    return (
      <Notice tone="refus">
        {error.message}{' '}
        <Button variant="lien" onClick={() => void refetch()}>
          Réessayer
        </Button>
      </Notice>
    )
  if (!data) return <p className="doux">Lecture des feuilles déposées…</p>
  if (data.items.length === 0) return <p className="doux">Aucune feuille signée n’est encore déposée.</p>
  return (
    <ul className="pile">
      {data.items.map((piece) => (
        <PieceRow key={piece.id} piece={piece} zone={lieu.fuseau} />
      ))}
    </ul>
  )
}

type UploadProps = { atelierId: string }

const messageOf = (error: Error): string => {
  if (error instanceof DOMException) return 'Envoi arrêté. La feuille n’est pas déposée.'
  return error instanceof ApiError && error.code === 'deja_enregistre' ? 'Cette feuille est déjà déposée.' : error.message
}

const useScan = ({ atelierId }: UploadProps) => {
  const [refused, setRefused] = useState<string | null>(null)
  const upload = useUpload(uploadPiece, { params: { atelierId } }, { invalidates: [listPieces] })
  const choose = async ({ target: box }: ChangeEvent<HTMLInputElement>) => {
    const chosen = box.files?.[0]
    if (!chosen) return
    upload.reset()
    const file = await shrinkPhoto(chosen)
    const reason = (await whyNotSend(file))?.message ?? null
    setRefused(reason)
    if (reason === null) upload.mutate(file)
    box.value = '' // the same file may be chosen again
  }
  const problem = refused ?? (upload.error && messageOf(upload.error))
  const again = refused === null && upload.error !== null && !(upload.error instanceof ApiError && !isUnsettled(upload.error))
  return { upload, choose, problem, again }
}

/** A photo or a scan of the signed sheet, with how much of it has left. */
const Upload = ({ atelierId }: UploadProps) => {
  const { upload, choose, problem, again } = useScan({ atelierId })
  const id = useId()
  const percent = Math.round(upload.part * 100)
  return (
    <div className="depot">
      <p id={`${id}-aide`} className="petit doux">
        Une photo, réduite si elle est trop lourde, ou un PDF de 5&nbsp;Mo au plus.
      </p>
      <label className="bouton second depot-bouton" data-occupe={upload.isPending || undefined}>
        <input
          type="file"
          accept={['image/*', ...PIECE_TYPES].join(',')}
          aria-describedby={`${id}-aide`}
          disabled={upload.isPending}
          onChange={(event) => void choose(event)}
        />
        Déposer la feuille signée
      </label>
      {upload.isPending && (
        <div className="depot-envoi">
          <label htmlFor={id}>Envoi en cours&nbsp;: {percent}&nbsp;%</label>
          <progress id={id} max={100} value={percent} />
          <Button variant="lien" onClick={upload.stop}>
            Arrêter l’envoi
          </Button>
        </div>
      )}
      {problem && (
        <Notice tone="refus" live="alert">
          {problem}{' '}
          {again && (
            <Button variant="lien" onClick={() => upload.variables && upload.mutate(upload.variables)}>
              Réessayer
            </Button>
          )}
        </Notice>
      )}
      {upload.isSuccess && (
        <Notice tone="bien" live="status" titre="Feuille déposée.">
          Elle est gardée avec l’atelier.
        </Notice>
      )}
    </div>
  )
}

/** The paper of an atelier: to print, to have signed, to bring back. */
export const SheetsCard = ({ atelier }: { atelier: Atelier }) => (
  <Card titre="Feuilles">
    <FileLink href={fileUrl(drawEmargement, { params: { atelierId: atelier.id } })} nom="Feuille d’émargement" type="PDF" />
    <p className="petit">
      Pas de téléphone à l’atelier&nbsp;? <Link to={paths.papier({ atelierId: atelier.id })}>Travailler sur papier</Link>
    </p>
    {atelier.statut !== 'annule' && <Upload atelierId={atelier.id} />}
    <h3>Feuilles déposées</h3>
    <Pieces atelier={atelier} />
  </Card>
)
