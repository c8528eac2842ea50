import type { Piece } from '@pass/contracts/pieces.ts'
import type { CallInput, Route } from '@pass/contracts/route.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import { PIECE_TYPES } from '@pass/domain/pieces.ts'
import type { ReactNode } from 'react'
import { Card } from '../../ui/card.tsx'
import { FileField } from '../../ui/file-field.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { useDeposit } from '../../upload.ts'

const weight = (octets: number): string =>
  octets < 1024 * 1024 ? `${Math.max(1, Math.round(octets / 1024))} Ko` : `${(octets / 1024 / 1024).toFixed(1).replace('.', ',')} Mo`

const Row = ({ piece, href }: { piece: Piece; href: string }) => (
  <li>
    <FileLink href={href} nom={piece.nom} taille={weight(piece.octets)} />
    <p className="petit doux">
      Déposée le {formatDay(parisDay(new Date(piece.deposeeAt)))} par {piece.par}.
    </p>
  </li>
)

type UploadRoute = Route & { kind: 'upload' }
type DepositProps<R extends UploadRoute> = {
  route: R
  input: Pick<CallInput<R>, 'params'>
  label: string
  aide: string
  invalidates: readonly Pick<Route, 'method' | 'path'>[]
}

/** A proof to send: its bytes are looked at here before they travel. */
export const PieceDeposit = <R extends UploadRoute>({ route, input, label, aide, invalidates }: DepositProps<R>) => {
  const { upload, pick, refus } = useDeposit(route, input, { invalidates })
  return (
    <FileField
      label={label}
      aide={upload.isPending ? `Envoi en cours : ${Math.round(upload.part * 100)} %.` : aide}
      accept={PIECE_TYPES.join(',')}
      disabled={upload.isPending}
      error={refus}
      onPick={pick}
    />
  )
}

type CardProps = { titre: string; pieces: readonly Piece[]; hrefOf: (piece: Piece) => string; vide: string; children?: ReactNode }

/** The proofs deposited, and the box for another one when there is one. */
export const PiecesCard = ({ titre, pieces, hrefOf, vide, children }: CardProps) => (
  <Card titre={titre}>
    <div className="pile">
      {pieces.length === 0 ? (
        <p className="doux">{vide}</p>
      ) : (
        <ul className="pile">
          {pieces.map((piece) => (
            <Row key={piece.id} piece={piece} href={hrefOf(piece)} />
          ))}
        </ul>
      )}
      {children}
    </div>
  </Card>
)
