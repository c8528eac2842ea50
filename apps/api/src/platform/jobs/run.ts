import { parisDay } from '@pass/domain/days.ts'
import { Logger, type Runner, run, runOnce, type Task as WorkerTask, type TaskList } from 'graphile-worker'
import type { Deps } from '../deps.ts'
import { held, releaseOrphans } from './orphans.ts'
import { openJob, type SystemTask, type Task, type Tasks } from './job.ts'

/** Only what went wrong, without the payload. */
const quiet = new Logger(() => (level, message) => {
  if (level === 'error') console.error(message)
})

type Raw = Record<string, unknown> & { _acteur: { organisationId: string; utilisateurId: string | null } }

const business =
  (deps: Deps, name: string, task: Task): WorkerTask =>
  async (raw: unknown, { job }) => {
    const { _acteur: acteur, _progres, ...payload } = raw as Raw
    // the demonstration's clock may have been moved by the server
    await deps.clock.refresh()
    await held(deps, job.id, () => task(openJob(deps, { name, id: job.id, payload, acteur }), deps))
  }

const ofTheService =
  (deps: Deps, { run: work }: SystemTask): WorkerTask =>
  async (raw: unknown, { job }) => {
    await deps.clock.refresh()
    const now = deps.clock()
    await held(deps, job.id, () => work({ id: job.id, payload: (raw ?? {}) as Record<string, unknown>, now, today: parisDay(now) }, deps))
  }

/** The tasks that can run here: the queue keeps the jobs of the others. */
const ready = (deps: Deps, tasks: Tasks): [string, Task | SystemTask][] =>
  Object.entries(tasks).filter(([, task]) => typeof task === 'function' || !task.missing?.(deps.config))

const taskList = (deps: Deps, tasks: Tasks): TaskList =>
  Object.fromEntries(
    ready(deps, tasks).map(([name, task]) => [name, typeof task === 'function' ? business(deps, name, task) : ofTheService(deps, task)]),
  )

/** One waiting at a time; what fails is for the next turn. */
const crontab = (deps: Deps, tasks: Tasks): string =>
  ready(deps, tasks)
    .flatMap(([name, task]) => (typeof task === 'object' && task.cron ? [`${task.cron} ${name} ?max=1&jobKey=${name}`] : []))
    .join('\n')

/** What this worker leaves waiting, one sentence each. */
export const waiting = (deps: Deps, tasks: Tasks): string[] =>
  Object.values(tasks).flatMap((task) => (typeof task === 'object' ? (task.missing?.(deps.config) ?? []) : []))

/** How often the jobs of a worker that died are looked for. */
const SWEEP_MS = 10_000

/** The worker's loop, until `stop()`. `deps.pool` is of role `worker`. */
export const startJobs = async (deps: Deps, tasks: Tasks): Promise<Runner> => {
  for (const sentence of waiting(deps, tasks)) console.error(sentence)
  const sweep = () =>
    releaseOrphans(deps).catch((error: unknown) => console.error('file des travaux', error instanceof Error ? error.message : error))
  await sweep()
  const turn = setInterval(() => void sweep(), SWEEP_MS)
  const runner = await run({
    pgPool: deps.pool,
    taskList: taskList(deps, tasks),
    crontab: crontab(deps, tasks),
    concurrency: 2,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: quiet,
  })
  runner.events.on('stop', () => clearInterval(turn))
  return runner
}

/** Does all that waits, then returns; for tests and the command line. A job that fails is tried again later, as in the loop. */
export const runJobsOnce = (deps: Deps, tasks: Tasks): Promise<void> =>
  runOnce({ pgPool: deps.pool, taskList: taskList(deps, tasks), noHandleSignals: true, logger: quiet })
