import { Logger, type Runner, run, runOnce, type TaskList } from 'graphile-worker'
import type { Deps } from '../deps.ts'
import { openJob, type Tasks } from './job.ts'

/** Only what went wrong, without the payload. */
const quiet = new Logger(() => (level, message) => {
  if (level === 'error') console.error(message)
})

const taskList = (deps: Deps, tasks: Tasks): TaskList =>
  Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      async (raw: unknown, { job }) => {
        const {
          _acteur: acteur,
          _progres,
          ...payload
        } = raw as Record<string, unknown> & { _acteur: { organisationId: string; utilisateurId: string | null } }
        // the demonstration's clock may have been moved by the server
        await deps.clock.refresh()
        await task(openJob(deps, { name, id: job.id, payload, acteur }), deps)
      },
    ]),
  )

/** The worker's loop, until `stop()`. `deps.pool` is of role `worker`. */
export const startJobs = (deps: Deps, tasks: Tasks): Promise<Runner> =>
  run({ pgPool: deps.pool, taskList: taskList(deps, tasks), concurrency: 2, pollInterval: 2000, noHandleSignals: true, logger: quiet })

/** Does all that waits, then returns; for tests and the command line. A job that fails is tried again later, as in the loop. */
export const runJobsOnce = (deps: Deps, tasks: Tasks): Promise<void> =>
  runOnce({ pgPool: deps.pool, taskList: taskList(deps, tasks), noHandleSignals: true, logger: quiet })
