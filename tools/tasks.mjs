// The tasks of package.json. Each module is loaded when its turn comes: before the installation, only Node's own exist.
import { at, exists, explain, isStopping, launch, shutdown, Stop, untilStopped, WORKER_FLAGS } from './common.mjs'
import { build, generate, install, needNode24 } from './setup.mjs'

/** Holds until a signal: what runs has its own end. */
const forever = () => new Promise(() => {})

/** All that `start` needs, without starting: for an image. */
async function prepare() {
  await generate()
  await build()
  return 0
}

/** A program of ours with the task's words, its output on the terminal, its exit code ours. */
const runMain = (
  /** @type {string} */ file,
  /** @type {string[]} */ words,
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string[]} */ flags = [],
) =>
  new Promise((ok) => {
    if (!exists(file)) throw new Stop(`${file} n’existe pas\u00a0: cette commande n’est pas encore disponible.`)
    launch(process.execPath, [...flags, at(file), ...words], {
      stdio: 'inherit',
      detached: false,
      env: { ...process.env, ...env },
      cwd: process.env.INIT_CWD ?? at(),
    })
      .once('exit', (code) => ok(code ?? 1))
      .once('error', () => ok(1))
  })

async function start() {
  const { openDatabase, migrate, seed } = await import('./database.mjs')
  const { serveAll, announce } = await import('./start.mjs')
  const opened = openDatabase('start')
  const [urls] = await Promise.all([opened, generate().then(build)])
  await migrate(urls)
  if (process.env.NODE_ENV !== 'production' && process.env.DEMO !== '0') await seed(urls)
  await serveAll(urls)
  if (!isStopping()) await announce()
  return forever()
}

/** The one address of `dev`, of apps/public's Vite server. */
const VITE = 5170
async function dev() {
  const { openDatabase, migrate, seed } = await import('./database.mjs')
  const { serveAll, serveApps, announce } = await import('./start.mjs')
  const urls = await openDatabase('dev')
  await generate()
  await migrate(urls)
  await seed(urls)
  await serveAll(urls, ['--watch-path=apps/api/src', '--watch-path=packages', '--watch-preserve-output'], VITE)
  serveApps()
  await announce(`http://localhost:${VITE}`)
  return forever()
}

async function cli(/** @type {string[]} */ words) {
  const { openDatabase, migrate, environment } = await import('./database.mjs')
  const urls = await openDatabase('cli', { beside: true })
  await generate()
  await migrate(urls)
  return runMain('apps/api/src/cli.ts', words, environment(urls))
}

/** Benches of a job run as the worker does. */
const JOBS = ['generation', 'bordereaux']

async function bench(/** @type {string[]} */ words) {
  const { throwaway } = await import('./throwaway.mjs')
  const { environment } = await import('./database.mjs')
  await generate()
  const urls = await throwaway({ dir: at('.data/bench-postgres'), database: 'bench', fast: false })
  const env = { ...environment(urls), SECRETS_DIR: at('.data/bench-secrets'), FILES_DIR: at('.data/bench-pieces') }
  return runMain('bench/main.ts', words, env, words.some((word) => JOBS.includes(word)) ? WORKER_FLAGS : [])
}

async function fuzz(/** @type {string[]} */ words) {
  const { throwaway } = await import('./throwaway.mjs')
  const { environment } = await import('./database.mjs')
  await generate()
  const env = { ...process.env, SECRETS_DIR: at('.data/fuzz-secrets') }
  const urls = await throwaway({ dir: at('.data/fuzz-postgres'), database: 'fuzz', fast: true, env })
  return runMain('fuzz/main.ts', words, { ...environment(urls), SECRETS_DIR: env.SECRETS_DIR, FILES_DIR: at('.data/fuzz-pieces') })
}

async function drill(/** @type {string[]} */ words) {
  await generate()
  return runMain('drill/main.ts', words, {})
}

async function mutants(/** @type {string[]} */ words) {
  await generate()
  return runMain('mutants/main.ts', words, {})
}

/** Long forms of the random tests, hours of them. */
async function nightly(/** @type {string[]} */ words) {
  const { nightly: run } = await import('./nightly.mjs')
  process.env.NIGHTLY = '1'
  await generate()
  const models = (/** @type {string[]} */ args, /** @type {NodeJS.ProcessEnv} */ env = {}) =>
    runMain('node_modules/vitest/vitest.mjs', ['run', ...args], env)
  return run({ models, mutants, fuzz, drill }, words)
}

async function shots(/** @type {string[]} */ words) {
  const { needChromium } = await import('./chromium.mjs')
  await generate()
  await build()
  await needChromium()
  return runMain('tools/shots.mjs', words, {})
}

/** `db:migrate`, `db:seed`, `db:reset`. */
const database = (/** @type {'migrate' | 'seed' | 'reset'} */ verb) => async () => {
  const { openDatabase, migrate, recreate, seed } = await import('./database.mjs')
  if (verb === 'reset' && process.env.NODE_ENV === 'production')
    throw new Stop(
      'db:reset efface toutes les données et n’est pas permise quand NODE_ENV vaut production\u00a0: retirez cette variable si c’est bien voulu.',
    )
  const urls = await openDatabase(`db:${verb}`, { beside: verb !== 'reset' })
  await generate()
  if (verb === 'reset') await recreate(urls)
  await migrate(urls)
  if (verb !== 'migrate') await seed(urls)
  return 0
}

const e2e = async (/** @type {string[]} */ words) => (await import('./test.mjs')).browserTests(words)
const check = async () => (await import('./check.mjs')).check()
const test = async (/** @type {string[]} */ words) => (await import('./test.mjs')).test(words)

/** @type {Record<string, (words: string[]) => Promise<unknown>>} */
const TASKS = {
  start,
  prepare,
  dev,
  test,
  check,
  e2e,
  bench,
  fuzz,
  drill,
  mutants,
  nightly,
  cli,
  shots,
  'db:migrate': database('migrate'),
  'db:seed': database('seed'),
  'db:reset': database('reset'),
}

/** @param {string[]} argv */
export async function main([name = 'start', ...words]) {
  untilStopped((signal) => void shutdown(name === 'start' || name === 'dev' ? 0 : signal === 'SIGINT' ? 130 : 143))
  try {
    const task = TASKS[name]
    if (!task) throw new Stop(`La commande «\u00a0${name}\u00a0» n’existe pas\u00a0: choisissez parmi ${Object.keys(TASKS).join(', ')}.`)
    if (name === 'start' || name === 'dev') await (await import('./start.mjs')).needPort()
    await install()
    await needNode24()
    await shutdown(Number(await task(words)))
  } catch (error) {
    if (!isStopping()) console.error(error instanceof Stop ? error.message : (explain(error) ?? unexpected(error)))
    await shutdown(1)
  }
}
const unexpected = (/** @type {unknown} */ error) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `Une erreur inattendue a arrêté la commande\u00a0: signalez-la avec le texte qui suit.\n${text}`
}
