// The server of the browser tests: a database made anew, the base seed, a fixed clock. Started and stopped by Playwright.
import { mkdirSync, writeFileSync } from 'node:fs'
import { at, isStopping, launch, shutdown, untilStopped } from './common.mjs'
import { startSimulators } from './simulators.mjs'
import { throwaway } from './throwaway.mjs'

const port = process.env.E2E_PORT ?? '3199'
const own = port === '3199' ? 'e2e' : `e2e-${port}` // two runs on two ports do not meet
const secrets = at(`.data/${own}-secrets`)

untilStopped(() => void shutdown(0))
try {
  mkdirSync(secrets, { recursive: true, mode: 0o700 })
  const { DATABASE_OWNER_URL, DATABASE_SUPERUSER_URL, DATABASE_WORKER_URL, ...inherited } = process.env
  const common = {
    ...inherited,
    PORT: port,
    CLOCK: '2026-03-10T09:00:00+01:00',
    DEMO: '1',
    SECRETS_DIR: secrets,
    FILES_DIR: `${secrets}-pieces`,
  }
  const [{ ownerUrl, appUrl, workerUrl }, services] = await Promise.all([
    throwaway({ dir: at(`.data/${own}-postgres`), database: 'e2e', fast: true, env: common }),
    startSimulators({ publicUrl: `http://localhost:${port}`, agents: 'base', mails: at(`.data/${own}-courriels`), fresh: true }),
  ])
  // the tests that need more pass than the seed has put them in, and count what was kept
  writeFileSync(at(`.data/${own}-base.json`), JSON.stringify({ ownerUrl, secretsDir: secrets }), { mode: 0o600 })
  const settings = { ...common, ...services, DATABASE_URL: appUrl }
  const serve = (/** @type {string} */ file, /** @type {NodeJS.ProcessEnv} */ env) =>
    launch(process.execPath, ['--import', at('tools/follow-parent.mjs'), at(file)], { env, stdio: ['ignore', 'inherit', 'inherit'] }).once(
      'exit',
      () => void (isStopping() || shutdown(1)),
    )
  serve('apps/api/src/main.ts', settings)
  serve('apps/api/src/worker.ts', { ...settings, DATABASE_WORKER_URL: workerUrl })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await shutdown(1)
}
