// The job worker: `node apps/api/src/worker.ts`. It makes the queue at its first start.
import { TASKS } from './jobs.ts'
import { BadSetting } from './config.ts'
import { installJobs } from './platform/jobs/install.ts'
import { startJobs } from './platform/jobs/run.ts'
import { main, openDeps } from './platform/process.ts'
import { needNoBypass } from './platform/role-check.ts'

await main(async (config) => {
  const url = config.workerUrl
  if (!url) throw new BadSetting('DATABASE_WORKER_URL manque\u00a0: donnez l’adresse de la base avec le rôle worker.')
  await installJobs(url)
  const deps = await openDeps(config, { url, name: 'worker', statementTimeout: 60_000, max: 6, check: needNoBypass })
  const runner = await startJobs(deps, TASKS)
  const stop = async () => {
    await runner.stop()
    await deps.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  await runner.promise
})
