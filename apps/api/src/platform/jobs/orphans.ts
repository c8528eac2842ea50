import type { Deps } from '../deps.ts'

/**
 * A worker killed in the middle leaves its job locked, and graphile-worker gives it back after four hours only. So each running job
 * also holds an advisory lock of its own connection: PostgreSQL lets it go by itself when the process dies, and whoever finds a
 * locked job without that lock gives it back at once.
 */
const SPACE = 0x70617373

/** Between the queue's lock and ours there is a moment. */
const GRACE = '10 seconds'

const place = (id: string) => [SPACE, Number(BigInt(id) % 0x7fffffffn)]

/** Runs a job under its lock. A connection that breaks lets the lock go: the job may then run twice, as any job may. */
export const held = async (deps: Deps, id: string, run: () => Promise<void>): Promise<void> => {
  const client = await deps.pool.connect()
  let isClean = false
  try {
    await client.query('select pg_advisory_lock($1, $2)', place(id))
    await run()
    await client.query('select pg_advisory_unlock($1, $2)', place(id))
    isClean = true
  } finally {
    // after a failure the connection ends, and the lock with it
    client.release(!isClean)
  }
}

/** Gives back the jobs that a dead worker left locked; answers how many. */
export const releaseOrphans = async ({ pool }: Deps): Promise<number> => {
  const { rowCount } = await pool.query(
    `update graphile_worker._private_jobs j set locked_at = null, locked_by = null, run_at = least(run_at, now())
      where j.locked_at < now() - $2::interval and pg_try_advisory_xact_lock($1, (j.id % 2147483647)::int)`,
    [SPACE, GRACE],
  )
  return rowCount ?? 0
}
