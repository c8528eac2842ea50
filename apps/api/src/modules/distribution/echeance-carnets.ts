import { carnetMachine } from '@pass/domain/carnets.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { reachSql } from '../../platform/reach.ts'
import { moveCarnets } from './plages.ts'

type LotRange = { collectiviteId: string; lotId: string; de: number; a: number }

/** Carnets `c` of a range of a lot that the actor reaches. */
const inLot = (ctx: JobCtx, { collectiviteId, lotId, de, a }: LotRange) =>
  sql`c.collectivite_id = ${collectiviteId}::uuid and c.lot_id = ${lotId}::uuid and c.serie between ${de}::bigint and ${a}::bigint and ${reachSql(ctx, 'carnet', 'c')}`

/**
 * The carnets of a range end, if they still hold a pass. Answers how many pass were worth something: what leaves the circulation. Run
 * again, it finds nothing left. A carnet wholly used stays as it is.
 */
export const expireCarnets = async (ctx: JobCtx, range: LotRange): Promise<number> => {
  const which = sql`${inLot(ctx, range)} and c.statut = any (${[...carnetMachine.expire.from]}::text[]) and c.utilises + c.annules < c.taille`
  // in the order in which whoever uses a pass takes them
  const [held] = await ctx.db.$queryRaw<{ pass: number }[]>`
    with tenu as materialized (select c.taille - c.utilises - c.annules as reste, c.activation_id from carnet c where ${which} order by c.id for no key update of c)
    select coalesce(sum(reste) filter (where activation_id is not null), 0)::int as pass from tenu`
  await moveCarnets(
    ctx,
    'expire',
    null,
    sql`update carnet c set statut = 'expire', statut_avant_blocage = null, motif_blocage = null, destination_id = null where ${which}`,
  )
  return held!.pass
}

/** Carnets of a range that wait for a person and have no override: those that an override would open. */
const WAITING = sql`c.statut in ('livre', 'attribue') and c.derogation_id is null`

export const countWaiting = async (ctx: Ctx, range: LotRange): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<{ n: number }[]>`select count(*)::int as n from carnet c where ${inLot(ctx, range)} and ${WAITING}`
  return row!.n
}

/** Marks them: they may be handed over after the stop, at the cost of the collectivité. Answers how many. */
export const markDerogation = (ctx: Ctx, range: LotRange, derogationId: string): Promise<number> =>
  ctx.db.$executeRaw`update carnet c set derogation_id = ${derogationId}::uuid where ${inLot(ctx, range)} and ${WAITING}`

/** The lot was prolonged: a carnet that nobody received yet is again handed over like any other. */
export const forgetDerogations = (ctx: JobCtx, { collectiviteId, lotId }: Pick<LotRange, 'collectiviteId' | 'lotId'>): Promise<number> =>
  ctx.db.$executeRaw`update carnet c set derogation_id = null
    where c.collectivite_id = ${collectiviteId}::uuid and c.lot_id = ${lotId}::uuid and c.derogation_id is not null and c.remis_at is null and ${reachSql(ctx, 'carnet', 'c')}`
