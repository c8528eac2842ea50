import type { CouvertureFonds } from '@pass/contracts/livres.ts'
import type { TransferMotif } from '@pass/domain/comptes.ts'
import { coverageOf } from '@pass/domain/couverture-fonds.ts'
import { addDays } from '@pass/domain/days.ts'
import { PERIODE_JOURS_MAX, whyNotPeriod } from '@pass/domain/livres.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { requireConvention } from './queries.ts'

export type Periode = { conventionId: string; du?: string | undefined; au?: string | undefined }

/** What each motif moved each day of Paris, one row a day and motif. */
const movesOf = async (ctx: Ctx, conventionId: string) => {
  const rows = await ctx.db.$queryRaw<{ jour: string; motif: TransferMotif; montant: bigint }[]>`
    select to_char(t.at at time zone 'Europe/Paris', 'YYYY-MM-DD') as jour, t.motif, sum(t.montant_centimes)::bigint as montant
      from transfer t where t.convention_id = ${conventionId}::uuid and ${reachSql(ctx, 'transfer', 't')} group by 1, 2 order by 1`
  return rows.map(({ jour, motif, montant }) => ({ jour, motif, montantCentimes: Number(montant) }))
}

/** The funds of a convention day by day: from its first line, or from `du`, until `au` or today. */
export const getCouvertureFonds = async (ctx: Ctx, { conventionId, du, au = ctx.today }: Periode): Promise<CouvertureFonds> => {
  const { id, reference, nom } = await requireConvention(ctx, conventionId)
  const moves = await movesOf(ctx, conventionId)
  const oldest = addDays(au, 1 - PERIODE_JOURS_MAX)
  const first = moves[0]?.jour ?? au
  const debut = du ?? (first > au ? au : first < oldest ? oldest : first)
  enforce(whyNotPeriod(debut, au), 400)
  return { convention: { id, reference, nom }, du: debut, au, jours: coverageOf(moves, { du: debut, au }) }
}
