import type { Upload } from '@pass/contracts/route.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Config } from '../../config.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { listPieces, readPiece, storePiece } from '../fichiers/public.ts'
import { getConvention } from './queries.ts'

const OBJET = 'convention'

/** The signed documents of a convention that the actor reads. */
export const listConventionPieces = async (ctx: Ctx, { conventionId }: { conventionId: string }) => {
  await getConvention(ctx, { conventionId })
  return { items: await listPieces(ctx, { objet: OBJET, objetId: conventionId }) }
}

/** Keeps the scan of a signed document: its collectivité and the ANCT read it, whoever of the two deposits it. */
export const uploadConventionPiece = async (
  ctx: Ctx,
  files: Pick<Config, 'filesDir'>,
  { conventionId, ...file }: Upload & { conventionId: string },
) => {
  const { collectivite } = await getConvention(ctx, { conventionId })
  const anct = await ctx.db.organisation.findMany({ where: { type: 'anct' }, select: { id: true } })
  const lecteurs = [collectivite.id, ...anct.map(({ id }) => id)].filter((id) => id !== ctx.actor.organisationId)
  return storePiece(ctx, files, { objet: OBJET, objetId: conventionId, ...file, lecteurs })
}

/** A signed document again, of this convention alone. */
export const downloadConventionPiece = async (
  ctx: Ctx,
  files: Pick<Config, 'filesDir'>,
  { conventionId, pieceId }: { conventionId: string; pieceId: string },
) => {
  await getConvention(ctx, { conventionId })
  const pieces = await listPieces(ctx, { objet: OBJET, objetId: conventionId })
  found(pieces.find(({ id }) => id === pieceId))
  return readPiece(ctx, files, { pieceId, objet: OBJET })
}

/** The scan of a signature is a document of that convention, deposited before. */
export const requirePiece = async (ctx: Ctx, conventionId: string, pieceId: string | null): Promise<void> => {
  if (pieceId === null) return
  const pieces = await listPieces(ctx, { objet: OBJET, objetId: conventionId })
  const message = 'Déposez d’abord le document signé, puis choisissez-le.'
  const known = pieces.some(({ id }) => id === pieceId)
  enforce(known ? null : refuse('convention_invalide', message, [{ chemin: 'pieceId', message }]))
}
