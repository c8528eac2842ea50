import { EN_ARRIERE_PLAN } from '@pass/domain/colis.ts'
import type { Plage } from '@pass/domain/plages.ts'
import type { Ctx } from '../../platform/context.ts'
import { enqueue, progressOf } from '../../platform/jobs/enqueue.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'

/** What is done to the carnets of a lot, in the background when they are many. */
export type LotTask = 'ship' | 'receive' | 'activate'

/** The key of its job: one of each at a time. */
export const lotKeyOf = (task: LotTask, lotId: string): string => `${task}:${lotId}`

/** True while the carnets of a lot are still being written by this organisation's job. */
export const isRunning = async (ctx: Ctx, task: LotTask, lotId: string): Promise<boolean> =>
  (await progressOf(ctx, lotKeyOf(task, lotId))) !== null

export type LotMove = { task: 'ship' | 'receive'; collectiviteId: string; lotId: string; plages: readonly Plage[]; at: Date }

/** Moves one range of carnets; a second time, nothing is left to move. */
export const moveRange = async (
  ctx: Pick<JobCtx, 'db'>,
  { task, collectiviteId, lotId, at }: LotMove,
  { premiere, derniere }: Plage,
): Promise<number> => {
  const [row] =
    task === 'ship'
      ? await ctx.db.$queryRaw<
          { n: number }[]
        >`select ship_carnets(${collectiviteId}::uuid, ${lotId}::uuid, ${premiere}::bigint, ${derniere}::bigint) n`
      : await ctx.db.$queryRaw<
          { n: number }[]
        >`select receive_carnets(${collectiviteId}::uuid, ${lotId}::uuid, ${premiere}::bigint, ${derniere}::bigint, ${at}::timestamptz) n`
  return row!.n
}

/** Moves the carnets of a lot: at once when they are few, by a job otherwise. What the history says is written here in both cases. */
export const moveLot = async (ctx: Ctx, move: LotMove, total: number): Promise<void> => {
  if (total <= EN_ARRIERE_PLAN) {
    for (const plage of move.plages) await moveRange(ctx, move, plage)
    return
  }
  const { task, collectiviteId, lotId, plages, at } = move
  await enqueue(ctx, 'move-lot', { task, collectiviteId, lotId, plages, at: at.toISOString() }, lotKeyOf(task, lotId))
}

/** The history of a lot, one line a range. */
export const writeMouvements = async (
  ctx: Ctx,
  { collectiviteId, lotId }: Pick<LotMove, 'collectiviteId' | 'lotId'>,
  moves: readonly (Plage & { type: 'imprime' | 'expedie' | 'recu' | 'manquant' })[],
): Promise<void> => {
  const [types, premieres, dernieres] = [
    moves.map(({ type }) => type),
    moves.map(({ premiere }) => premiere),
    moves.map(({ derniere }) => derniere),
  ]
  await ctx.db
    .$queryRaw`select 1 as fait from lot_mouvements(${collectiviteId}::uuid, ${lotId}::uuid, ${types}::text[], ${premieres}::bigint[],
    ${dernieres}::bigint[], ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz)`
}
