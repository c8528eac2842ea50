import type { Ctx } from '../context.ts'
import { Busy } from '../errors.ts'
import { sqlState } from '../faults.ts'

/**
 * Leaves work to do after the commit, in the transaction of the change. `payload`: identifiers only, never a name nor a
 * code. With a `key`, a job of the organisation still waiting under it is replaced: one print, one mail.
 */
export const enqueue = async (ctx: Ctx, name: string, payload: Record<string, unknown>, key: string | null = null): Promise<void> => {
  try {
    await ctx.db.$executeRaw`select enqueue_job(${name}, ${JSON.stringify(payload)}::jsonb, ${key})`
  } catch (error) {
    // the queue is made by the worker at its first start: a moment later it is there
    if (['3F000', '42883'].includes(sqlState(error) ?? '')) throw new Busy()
    throw error
  }
}

/** How far the job of a key is; null when it is over, or was never asked. */
export const progressOf = async (ctx: Ctx, key: string): Promise<{ fait: number; total: number } | null> => {
  const [row] = await ctx.db.$queryRaw<{ fait: number | null; total: number | null; essais: number | null }[]>`
    select fait, total, essais from graphile_worker.job_progress(${key})`
  return row?.essais === null || row === undefined ? null : { fait: row.fait ?? 0, total: row.total ?? 0 }
}
