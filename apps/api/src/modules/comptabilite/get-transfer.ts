import type { EcritureDetail } from '@pass/contracts/comptes.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { requireConvention, toTransfer, transferRows } from './queries.ts'
import { linesOf, type Posted, sourceOf } from './transfer-lines.ts'

/** Rows shown behind a line; the others are counted. */
const MOST = 100

/** The line itself, by its rank in the books of its convention. */
const postedAt = async (ctx: Ctx, conventionId: string, cle: string): Promise<Posted> => {
  const [row] = await ctx.db.$queryRaw<Posted[]>`
    select t.collectivite_id as "collectiviteId", t.id, t.motif, t.objet_id as "objetId", t.structure_id as "structureId", t.convention_id as "conventionId"
      from transfer t where t.convention_id = ${conventionId}::uuid
     order by t.id offset ${sql`${cle}::bigint - 1`} limit 1`
  return found(row)
}

/** A line of the ledger and the rows that add up to it. */
export const getTransfer = async (ctx: Ctx, { conventionId, cle }: { conventionId: string; cle: string }): Promise<EcritureDetail> => {
  const { id, reference, nom } = await requireConvention(ctx, conventionId)
  const posted = await postedAt(ctx, conventionId, cle)
  const [row] = await transferRows(ctx, { conventionId }, { before: Number(cle) + 1, most: 1 })
  const { lignes, total } = await linesOf(ctx, posted, MOST)
  return {
    ...toTransfer(found(row)),
    convention: { id, reference, nom },
    source: await sourceOf(ctx, posted),
    lignes,
    autres: total - lignes.length,
  }
}
