import { parisDay } from '@pass/domain/days.ts'
import type { OrganisationType } from '@pass/domain/organisations.ts'
import type { Config } from '../../config.ts'
import type { Actor, PublicCtx } from '../context.ts'
import type { Deps } from '../deps.ts'
import { type Entry, read, write } from '../door.ts'
import { NotFound, Refused } from '../errors.ts'

/** The context of a job: it acts for the organisation of whoever asked, by itself. Queries that need no more take it too. */
export type JobCtx = PublicCtx & { actor: Pick<Actor, 'organisationId' | 'organisationType'> & { utilisateurId: string | null } }

export type Job = {
  id: string
  payload: Record<string, unknown>
  actor: { organisationId: string; utilisateurId: string | null }
  now: Date
  today: string
  /** A read-only transaction of its own. */
  read: <T>(handle: (ctx: JobCtx) => Promise<T>) => Promise<T>
  /** The same for long readings that must agree with each other: every query sees the base as it was at the first. */
  snapshot: <T>(handle: (ctx: JobCtx) => Promise<T>) => Promise<T>
  /** A transaction of its own, journaled as `job:<name>`. A refusal undoes it, is journaled, and is thrown. */
  write: <T>(objet: object, handle: (ctx: JobCtx) => Promise<T>) => Promise<T>
  /** Tells how far the work is, for the screen that waits (`progressOf`). */
  progress: (fait: number, total: number) => Promise<void>
}

/** What a module does in background. It may run twice: it goes on from what the database holds. */
export type Task = (job: Job, deps: Deps) => Promise<void>
/** What a task that belongs to no organisation knows of itself. It reads and writes by functions granted to the worker. */
export type Work = Pick<Job, 'id' | 'payload' | 'now' | 'today'>
/**
 * A task of the service itself, nobody's. With `cron` (minute hour day month weekday, UTC) the worker starts it; the business hour is
 * for the task to look at, on the service's clock. While `missing` names a setting, its jobs wait, untouched.
 */
export type SystemTask = { cron?: string; missing?: (config: Config) => string | null; run: (work: Work, deps: Deps) => Promise<void> }

/** Every task by its name. */
export type Tasks = Readonly<Record<string, Task | SystemTask>>

type Acteur = { organisationId: string; utilisateurId: string | null }
type Opened = { name: string; id: string; payload: Record<string, unknown>; acteur: Acteur }

/** Context for one transaction: it only has to be fresh when the transaction begins. */
const entryOf = async (deps: Deps, { organisationId, utilisateurId }: Acteur): Promise<Entry & { type: OrganisationType }> => {
  const { rows } = await deps.pool.query<{ type: OrganisationType | null; ctx: string }>('select type, ctx from job_context($1, $2)', [
    organisationId,
    utilisateurId,
  ])
  const row = rows[0]
  if (!row?.type) throw new NotFound()
  return { role: `as_${row.type}`, ctx: row.ctx, type: row.type }
}

export const openJob = (deps: Deps, { name, id, payload, acteur }: Opened): Job => {
  const now = deps.clock()
  const moment = { now, today: parisDay(now), requestId: `job:${id}` }
  const ctxOf = (db: PublicCtx['db'], organisationType: OrganisationType): JobCtx => ({
    db,
    ...moment,
    actor: { ...acteur, organisationType },
  })
  const reading = async <T>(handle: (ctx: JobCtx) => Promise<T>, snapshot: boolean): Promise<T> => {
    const { type, ...entry } = await entryOf(deps, acteur)
    return read(deps.db, entry, (db) => handle(ctxOf(db, type)), { snapshot })
  }
  return {
    id,
    payload,
    actor: acteur,
    now,
    today: moment.today,
    read: (handle) => reading(handle, false),
    snapshot: (handle) => reading(handle, true),
    write: async <T>(objet: object, handle: (ctx: JobCtx) => Promise<T>): Promise<T> => {
      const { type, ...entry } = await entryOf(deps, acteur)
      const call = {
        route: `job:${name}`,
        key: null,
        hash: Buffer.alloc(0),
        status: 200,
        requestId: moment.requestId,
        render: () => '',
        objet: () => objet,
        log: console.error,
      }
      const answer = await write<T>(deps.db, entry, call, (db) => handle(ctxOf(db, type)))
      if (answer.status >= 400) throw new Refused(JSON.parse(answer.body))
      return answer.output as T
    },
    progress: async (fait, total) => {
      await deps.pool.query(
        "update graphile_worker._private_jobs set payload = jsonb_set(payload::jsonb, '{_progres}', jsonb_build_object('fait', $2::int, 'total', $3::int))::json where id = $1",
        [id, fait, total],
      )
    },
  }
}
