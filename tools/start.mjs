// `npm start` and `npm run dev`: the database, the server and the worker, until Ctrl-C.
import { mkdirSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { at, exists, isStopping, launch, say, shutdown, Stop, WORKER_FLAGS } from './common.mjs'
import { isDemo, startSimulators } from './simulators.mjs'

const port = () => Number(process.env.PORT ?? 3000)

const refusal = (/** @type {number} */ p, /** @type {string} */ host) =>
  new Promise((ok) => {
    const server = createServer()
      .once('error', (error) => ok('code' in error ? error.code : 'ERROR'))
      .listen(p, host, () => server.close(() => ok(undefined)))
  })
const answers = (/** @type {number} */ p, /** @type {string} */ host) =>
  new Promise((ok) => {
    const socket = connect({ port: p, host, timeout: 1000 })
    for (const [event, answer] of /** @type {const} */ ([
      ['connect', true],
      ['error', false],
      ['timeout', false],
    ]))
      socket.once(event, () => (socket.destroy(), ok(answer)))
  })

/** Before anything is started: the port is a number, free and permitted. */
export async function needPort() {
  const p = port()
  if (!Number.isInteger(p) || p < 1 || p > 65535)
    throw new Stop(`PORT vaut «\u00a0${process.env.PORT}\u00a0»\u00a0: donnez un nombre entre 1 et 65535.`)
  for (const host of ['127.0.0.1', '::1']) {
    const code = (await answers(p, host)) ? 'EADDRINUSE' : await refusal(p, host)
    if (code === 'EADDRINUSE')
      throw new Stop(
        `Le port ${p} est déjà pris\u00a0: arrêtez le programme qui l’occupe, ou choisissez-en un autre, par exemple «\u00a0PORT=${p + 1} npm start\u00a0».`,
      )
    if (code === 'EACCES')
      throw new Stop(
        `Le port ${p} est réservé à l’administrateur\u00a0: choisissez-en un au-dessus de 1023, par exemple «\u00a0PORT=3000 npm start\u00a0».`,
      )
  }
}

/**
 * The environment of the server: never the owner of the tables.
 * @param {import('./database.mjs').Urls} urls @param {Record<string, string>} services
 */
function settings({ appUrl, workerUrl }, services) {
  const production = process.env.NODE_ENV === 'production'
  const secrets = process.env.SECRETS_DIR ?? at('.data/secrets')
  mkdirSync(secrets, { recursive: true, mode: 0o700 })
  const { DATABASE_OWNER_URL, DATABASE_SUPERUSER_URL, DATABASE_WORKER_URL, ...inherited } = process.env
  const demo = { ...(!production && { DEMO: process.env.DEMO ?? '1' }) }
  const pieces = process.env.FILES_DIR ?? at('.data/pieces')
  const common = { ...inherited, ...services, PORT: String(port()), SECRETS_DIR: secrets, FILES_DIR: pieces, ...demo }
  return {
    server: { ...common, DATABASE_URL: appUrl },
    worker: { ...common, DATABASE_URL: appUrl, DATABASE_WORKER_URL: workerUrl },
  }
}

const follow = ['--import', at('tools/follow-parent.mjs')]
/** Starts one of our programs; its end is ours. */
function serve(/** @type {string} */ name, /** @type {string[]} */ args, /** @type {NodeJS.ProcessEnv} */ env) {
  const child = launch(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] })
  child.once('exit', (code, signal) => {
    if (isStopping()) return
    console.error(`${name} s’est arrêté (${signal ?? code})\u00a0: lisez son message ci-dessus, puis relancez la commande.`)
    void shutdown(1)
  })
}
async function untilAnswers(/** @type {string} */ url) {
  for (let i = 0; i < 600 && !isStopping(); i++) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.ok) return
    await sleep(100)
  }
  if (!isStopping())
    throw new Stop('Le serveur ne répond pas après une minute\u00a0: lisez ses messages ci-dessus, puis relancez la commande.')
}

/** Where people find the service; `dev` has Vite's address. */
const addressOf = (/** @type {number} */ p) => process.env.PUBLIC_URL ?? `http://localhost:${p}`

/**
 * Server, worker and, in a demonstration, what stands in for outside services, until they answer.
 * @param {import('./database.mjs').Urls} urls @param {string[]} [flags] of Node.js @param {number} [front] port that people open
 */
export async function serveAll(urls, flags = [], front = port()) {
  const services = await startSimulators({ publicUrl: addressOf(front), mails: at('.data/courriels') })
  const env = settings(urls, services)
  serve('Le serveur', [...follow, ...flags, at('apps/api/src/main.ts')], env.server)
  if (!urls.workerUrl)
    console.error('DATABASE_WORKER_URL est absente\u00a0: les tâches de fond (courriels, fichiers, échéances) ne tournent pas.')
  else if (exists('apps/api/src/worker.ts'))
    serve('Le traitement de fond', [...WORKER_FLAGS, ...follow, ...flags, at('apps/api/src/worker.ts')], env.worker)
  await untilAnswers(`http://localhost:${port()}/api/openapi.json`)
}

const APPS = [
  ['', 'accueil, carte des lieux et connexion'],
  ['collectivite/', 'collectivités'],
  ['prescripteur/', 'prescripteurs'],
  ['mediateur/', 'structures et médiateurs'],
  ['anct/', 'ANCT'],
  ['operateur/', 'opérateur'],
  ['partenaire/', 'préfectures, hubs et financeurs'],
  ['compte/', 'compte personnel et équipe'],
  ['api/docs', 'description de l’API'],
]
const INBOX = ['boite-aux-lettres', 'courriels envoyés par la démonstration']
/** The demonstration's people, one line an organisation; nothing on a server that has none. @param {string} base */
async function peopleLines(base) {
  const answer = await fetch(`${base}/api/demo/personnes`).catch(() => undefined)
  if (!answer?.ok) return []
  /** @type {{ items: { prenom: string, nom: string, role: string, organisation: { nom: string } }[] }} */
  const { items } = JSON.parse(await answer.text())
  const byOrganisation = Map.groupBy(items, ({ organisation }) => organisation.nom)
  return Array.from(
    byOrganisation,
    ([nom, people]) => `  ${nom}\u00a0: ${people.map((p) => `${p.prenom} ${p.nom} (${p.role.split('.')[1]})`).join(', ')}`,
  )
}

/** What to open and who to be. */
export async function announce(base = `http://localhost:${port()}`) {
  const hasInbox = isDemo() && (!process.env.SMTP_URL || process.env.COURRIELS_DIR)
  const apps = hasInbox ? [...APPS, INBOX] : APPS
  const lines = apps.map(([path, text]) => `  ${`${base}/${path}`.padEnd(40)} ${text}`)
  const people = process.env.NODE_ENV === 'production' ? [] : await peopleLines(base)
  console.log(['', 'Pass numérique est prêt\u00a0:', ...lines].join('\n'))
  if (people.length > 0)
    console.log(['', `Personnes de la démonstration, un clic chacune sur ${base}/connexion\u00a0:`, ...people].join('\n'))
  if (isDemo() && !process.env.SMTP_URL) console.log('\nProConnect et le courriel sont simulés\u00a0: rien ne sort de cette machine.')
  console.log('\nCtrl-C arrête tout.\n')
}

/** `dev`: the same server, restarted when a source changes, and the apps served by Vite; all of it behind one address. */
export function serveApps() {
  const apps = ['public', 'collectivite', 'prescripteur', 'mediateur', 'anct', 'operateur', 'partenaire', 'compte'].filter((app) =>
    exists(`apps/${app}/index.html`),
  )
  const env = { ...process.env, API_URL: `http://localhost:${port()}` }
  for (const app of apps) {
    const child = launch(process.execPath, [...follow, at(`apps/${app}/node_modules/vite/bin/vite.js`), '--clearScreen', 'false'], {
      cwd: at('apps', app),
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('exit', () => void (isStopping() || shutdown(1)))
  }
  say(`sources suivies\u00a0: ${apps.join(', ')}`)
}
