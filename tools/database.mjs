// The database of a task: the embedded PostgreSQL of `.data/`, or the server that the environment names. Migrated and seeded here.
import { statSync } from 'node:fs'
import pg from 'pg'
import { at, exists, isStopping, needSpace, node, onStop, root, say, Stop } from './common.mjs'
import { take } from './lock.mjs'
import { pendingMigrations } from './pending.mjs'
import { startPostgres } from './postgres.mjs'
import { ensureDatabase, ensureRoles, urlTo } from './roles.mjs'
import { prisma } from './setup.mjs'

/** @typedef {{ ownerUrl: string, appUrl: string, workerUrl?: string }} Urls */

const DATABASE = 'pass'
const directory = at('.data/postgres')

/** @returns {Promise<Urls | undefined>} the server of the environment, when it names one */
async function fromEnvironment() {
  const { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_WORKER_URL, DATABASE_SUPERUSER_URL } = process.env
  if (!DATABASE_URL && !DATABASE_OWNER_URL) return undefined
  if (!DATABASE_URL || !DATABASE_OWNER_URL)
    throw new Stop(
      `DATABASE_URL (rôle app) et DATABASE_OWNER_URL (rôle migrator) vont ensemble\u00a0: définissez ${DATABASE_URL ? 'DATABASE_OWNER_URL' : 'DATABASE_URL'}, ou aucune des deux.`,
    )
  const urls = { ownerUrl: DATABASE_OWNER_URL, appUrl: DATABASE_URL, ...(DATABASE_WORKER_URL && { workerUrl: DATABASE_WORKER_URL }) }
  try {
    if (DATABASE_SUPERUSER_URL) await rolesOf(DATABASE_SUPERUSER_URL, urls)
    const client = new pg.Client({ connectionString: DATABASE_OWNER_URL, connectionTimeoutMillis: 10_000 })
    await client.connect()
    await client.end()
  } catch (error) {
    const { host, pathname } = new URL(DATABASE_OWNER_URL)
    const reason = error instanceof Error ? error.message : ''
    throw new Stop(
      `La base ${pathname.slice(1)} de ${host} ne répond pas (${reason})\u00a0: vérifiez DATABASE_URL et DATABASE_OWNER_URL, ou retirez-les pour utiliser la base embarquée.`,
    )
  }
  return urls
}
const rolesOf = (/** @type {string} */ superuserUrl, /** @type {Urls} */ urls) => {
  const passwords = Object.fromEntries(
    Object.values(urls).flatMap((text) => {
      const { username, password } = new URL(text)
      return password ? [[username, decodeURIComponent(password)]] : []
    }),
  )
  return ensureRoles(superuserUrl, { database: new URL(urls.ownerUrl).pathname.slice(1), passwords })
}

/**
 * Takes the lock of the embedded database for a task, or fails with who holds it.
 * @param {string} task @returns {boolean} false when a running `start` or `dev` holds it and the task may work beside
 */
function lockFor(task, beside = false) {
  const lock = take(at('.data/lock'), task)
  if ('release' in lock) {
    onStop(lock.release)
    return true
  }
  const { what, pid } = lock.heldBy
  if (beside && /^(start|dev)$/.test(what)) return false
  if (/^(start|dev)$/.test(what))
    throw new Stop(
      `«\u00a0npm run ${what}\u00a0» tourne déjà ici (processus ${pid})\u00a0: arrêtez-le par Ctrl-C, puis relancez la commande.`,
    )
  throw new Stop(`Une autre commande est en cours ici (${what}, processus ${pid})\u00a0: attendez sa fin, puis relancez la commande.`)
}

/** Starts PostgreSQL so that `shutdown` stops it, even asked in the middle. @param {Parameters<typeof startPostgres>[0]} options */
export function startOwned(options) {
  const starting = startPostgres(options)
  onStop(() =>
    starting.then(
      (server) => server.stop(),
      () => {},
    ),
  )
  return starting
}

/**
 * Opens the database of a task; what it starts, `shutdown` stops.
 * @param {string} task @param {{ beside?: boolean }} [options] `beside`: may share the server of a running `start`
 * @returns {Promise<Urls>}
 */
export async function openDatabase(task, { beside = false } = {}) {
  const named = await fromEnvironment()
  if (named) return named
  const ours = lockFor(task, beside)
  if (ours) needSpace(300)
  const server = await startOwned({ dir: directory, adopt: ours })
  return ensureRoles(server.url('postgres'), { database: DATABASE, secretsFile: `${directory}/roles.json` })
}

/** Applies what is pending, as migrator. @param {Urls} urls */
export async function migrate({ ownerUrl }) {
  const { pending, changed } = await pendingMigrations(ownerUrl)
  if (changed.length)
    throw new Stop(
      `La migration ${changed[0]} a été modifiée après avoir été appliquée\u00a0: rendez-lui son texte, ou repartez d’une base neuve par «\u00a0npm run db:reset\u00a0».`,
    )
  if (!pending.length || isStopping()) return
  say(`migrations\u00a0: ${pending.join(', ')}`)
  await prisma(['migrate', 'deploy'], { DATABASE_OWNER_URL: ownerUrl })
}

/** What a task's own programs get: seed, cli, bench. @param {Urls} urls @returns {NodeJS.ProcessEnv} */
export const environment = ({ ownerUrl, appUrl, workerUrl }) => ({
  DATABASE_OWNER_URL: ownerUrl,
  DATABASE_URL: appUrl,
  ...(workerUrl && { DATABASE_WORKER_URL: workerUrl }),
  SECRETS_DIR: process.env.SECRETS_DIR ?? at('.data/secrets'),
  ...(process.env.NODE_ENV !== 'production' && { DEMO: process.env.DEMO ?? '1' }),
})

/** Runs a seed; it says itself that the database is already filled. @param {Urls} urls */
export async function seed(urls, file = 'prisma/seed/main.ts', env = {}) {
  if (!exists(file) || !statSync(at(file)).isFile() || isStopping()) return
  const { code, output } = await node(at(file), [], { cwd: root, env: { ...environment(urls), ...env } })
  if (output.trim()) console.error(output.trimEnd())
  if (code !== 0 && !isStopping())
    throw new Stop('Le remplissage de la base a échoué\u00a0: lisez l’erreur ci-dessus, puis «\u00a0npm run db:reset\u00a0».')
}

/** Drops the database and makes it again, empty. @param {Urls} urls @param {string} [superuserUrl] */
export async function recreate({ ownerUrl }, superuserUrl) {
  const database = decodeURIComponent(new URL(ownerUrl).pathname.slice(1))
  const client = new pg.Client({ connectionString: superuserUrl ?? urlTo(ownerUrl, 'postgres') })
  await client.connect()
  try {
    await client.query(`drop database if exists ${client.escapeIdentifier(database)} with (force)`)
    if (superuserUrl) await ensureDatabase(client, database)
    else {
      const { rows } = await client.query('select current_user as owner')
      await client.query(`create database ${client.escapeIdentifier(database)} owner ${client.escapeIdentifier(rows[0].owner)}`)
    }
  } finally {
    await client.end()
  }
}
