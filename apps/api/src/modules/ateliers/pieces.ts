import type { Piece } from '@pass/contracts/pieces.ts'
import type { FileAnswer, Upload } from '@pass/contracts/route.ts'
import type { Config } from '../../config.ts'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reachSql } from '../../platform/reach.ts'
import * as fichiers from '../fichiers/public.ts'

const OBJET = 'atelier'

const needOwn = async (ctx: Ctx, atelierId: string) => {
  const [row] = await ctx.db.$queryRaw<
    { id: string }[]
  >`select a.id from atelier a where a.id = ${atelierId}::uuid and ${reachSql(ctx, 'atelier', 'a')}`
  found(row)
}

/** Keeps a signed sheet, scanned or photographed. */
export const uploadPiece = async (ctx: Ctx, config: Config, { atelierId }: { atelierId: string }, file: Upload): Promise<Piece> => {
  await needOwn(ctx, atelierId)
  const piece = await fichiers.storePiece(ctx, config, { objet: OBJET, objetId: atelierId, ...file })
  await fact(ctx, { sujet: 'atelier.piece', objet: { atelierId, pieceId: piece.id } })
  return piece
}

/** The sheets of an atelier. */
export const listPieces = async (ctx: Ctx, { atelierId }: { atelierId: string }): Promise<{ items: Piece[] }> => {
  await needOwn(ctx, atelierId)
  return { items: await fichiers.listPieces(ctx, { objet: OBJET, objetId: atelierId }) }
}

/** One of them, as it was deposited. */
export const downloadPiece = (ctx: Ctx, config: Config, { pieceId }: { pieceId: string }): Promise<FileAnswer> =>
  fichiers.readPiece(ctx, config, { pieceId, objet: OBJET })
