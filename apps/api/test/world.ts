import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { seedBase } from '../../../prisma/seed/base/main.ts'
import { PEOPLE, type PersonKey } from '../../../prisma/seed/base/ids.ts'
import type { Config } from '../src/config.ts'
import { TASKS } from '../src/jobs.ts'
import { SESSION_COOKIE } from '../src/platform/auth/tokens.ts'
import type { Deps } from '../src/platform/deps.ts'
import { hasJobs, installJobs } from '../src/platform/jobs/install.ts'
import type { Tasks } from '../src/platform/jobs/job.ts'
import { runJobsOnce } from '../src/platform/jobs/run.ts'
import { openDeps } from '../src/platform/process.ts'
import type { Module } from '../src/platform/module.ts'
import { buildServer } from '../src/server.ts'
import { testDatabase } from './database.ts'

/** The tests' instant: 2026-03-10 09:00 in Paris. */
export const NOW = '2026-03-10T08:00:00.000Z'

/** A person of the base seed, or one that a test made. */
export type Person = { utilisateurId: string; adhesionId: string; organisationId: string }

type Options = { key?: string; headers?: Record<string, string> }
/** Calls of one person, paths below `/api`; every write gets a new `Idempotency-Key` unless one is given. */
export type Caller = {
  get: (path: string, options?: Omit<Options, 'key'>) => Promise<LightMyRequestResponse>
  post: (path: string, body?: unknown, options?: Options) => Promise<LightMyRequestResponse>
  put: (path: string, body?: unknown, options?: Options) => Promise<LightMyRequestResponse>
  del: (path: string, body?: unknown, options?: Options) => Promise<LightMyRequestResponse>
  /** The `Cookie` header of the session, once it is open. */
  cookie: () => Promise<string>
}

export type { PersonKey }

export type World = {
  app: FastifyInstance
  deps: Deps
  /** Role `migrator`: prepares and reads what is behind the door. */
  sql: pg.Client
  urls: { appUrl: string; workerUrl: string; ownerUrl: string; superuserUrl: string }
  as: (person: PersonKey | Person) => Caller
  /** A session of its own for this person, with less than the usual one: no second factor, no fresh proof. */
  asWith: (person: PersonKey | Person, proved: Proved) => Caller
  anonymous: () => Caller
  /** Moves the server's clock; sessions live by the database's. */
  setClock: (instant: string) => void
  /** Does every job that waits. */
  runJobs: () => Promise<void>
  close: () => Promise<void>
}

type Setting = {
  modules?: readonly Module[]
  tasks?: Tasks
  seeded?: boolean
  demo?: boolean
  /** Other settings of the server than the tests' own: a mail server, an identity provider. */
  config?: Partial<Config>
  prepare?: (sql: pg.Client) => Promise<unknown>
}

const ROOT = new URL('../../../', import.meta.url)
const configOf = (databaseUrl: string, workerUrl: string, demo: boolean, settings: Partial<Config>): Config => ({
  databaseUrl,
  workerUrl,
  ownerUrl: undefined,
  port: 0,
  host: 'localhost',
  production: false,
  demo,
  clock: NOW,
  secretsDir: fileURLToPath(new URL('.data/test-secrets', ROOT)),
  filesDir: fileURLToPath(new URL(`.data/test-pieces/${randomUUID()}`, ROOT)),
  appsDir: fileURLToPath(new URL('apps', ROOT)),
  publicUrl: 'http://localhost:3000',
  smtpUrl: undefined,
  mailFrom: 'ne-pas-repondre@pass-numerique.invalid',
  courrielsDir: undefined,
  proconnect: null,
  ...settings,
})

const callerOf = (app: FastifyInstance, cookie: () => Promise<string | undefined>): Caller => {
  const send = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    { key = randomUUID(), headers = {} }: Options = {},
  ) => {
    const session = await cookie()
    return app.inject({
      method,
      url: `/api${path}`,
      headers: { ...(session && { cookie: session }), ...(method !== 'GET' && { 'idempotency-key': key }), ...headers },
      ...(body !== undefined && { payload: body as object }),
    })
  }
  return {
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    put: (path, body, options) => send('PUT', path, body, options),
    del: (path, body, options) => send('DELETE', path, body, options),
    cookie: async () => (await cookie()) ?? '',
  }
}

/** What a session has been given; both unless said otherwise. */
export type Proved = {
  secondFacteur?: boolean
  preuve?: boolean
  /** The assistance looks through the eyes of the person's adhesion; `adhesionId` is its own. */
  regard?: { consultationId: string; adhesionId: string }
}

/** Opens a session straight in the database, as sign-in would. */
const openSession = async (
  sql: pg.Client,
  { utilisateurId, adhesionId, organisationId }: Person,
  { secondFacteur = true, preuve = true, regard }: Proved = {},
): Promise<string> => {
  const token = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(token).digest()
  // a whole session, proved a moment ago: what a test is about when it says nothing else
  await sql.query(
    `insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash, second_facteur, preuve_at, consultation_id, adhesion_propre_id)
      values ($1, $2, $3, $4, $5, $6, case when $7 then now() end, $8, $9)`,
    [
      randomUUID(),
      organisationId,
      utilisateurId,
      adhesionId,
      hash,
      secondFacteur,
      preuve,
      regard?.consultationId ?? null,
      regard?.adhesionId ?? null,
    ],
  )
  return `${SESSION_COOKIE}=${token}`
}

/** The clock of a test: stands still at NOW, moves when asked, and follows the demonstration's shift as a server does. */
const clockOf = (inner: Deps['clock']) => {
  let moved = 0
  const clock = Object.assign(() => new Date(inner().getTime() + moved), { refresh: inner.refresh })
  return { clock, setClock: (instant: string) => void (moved = Date.parse(instant) - Date.parse(NOW)) }
}

const jobsOf = (deps: Deps, workerUrl: string, sql: pg.Client, tasks: Tasks) => {
  let worker: Promise<Deps & { close: () => Promise<void> }> | undefined
  const open = async () => {
    const opened = await openDeps(deps.config, { url: workerUrl, name: 'worker', statementTimeout: 60_000, max: 4 })
    return { ...opened, clock: deps.clock }
  }
  return {
    install: async () => {
      if (await hasJobs(workerUrl)) return
      const { rows } = await sql.query<{ name: string }>('select quote_ident(current_database()) as name')
      await sql.query(`grant create on database ${rows[0]!.name} to worker`)
      await installJobs(workerUrl)
    },
    run: async () => runJobsOnce(await (worker ??= open()), tasks),
    close: async () => (await worker)?.close(),
  }
}

/** A server on the test file's own database, seeded, at a fixed instant. */
export const createWorld = async ({
  modules,
  tasks = TASKS,
  seeded = true,
  demo = true,
  config = {},
  prepare,
}: Setting = {}): Promise<World> => {
  const database = await testDatabase()
  const sql = new pg.Client({ connectionString: database.ownerUrl })
  await sql.connect()
  const opened = await openDeps(configOf(database.appUrl, database.workerUrl, demo, config), { url: database.appUrl, name: 'test', max: 5 })
  const { clock, setClock } = clockOf(opened.clock)
  const deps: Deps = { ...opened, clock }
  if (seeded) await seedBase(sql, deps.secrets, deps.config.filesDir)
  await prepare?.(sql)
  const jobs = jobsOf(deps, database.workerUrl, sql, tasks)
  await jobs.install()
  const app = await buildServer(deps, modules ? { modules } : {})
  const callers = new Map<string, Caller>()
  const callerFor = (person: Person, proved?: Proved) => {
    let cookie: Promise<string> | undefined
    return callerOf(app, () => (cookie ??= openSession(sql, person, proved)))
  }
  const asWith = (who: PersonKey | Person, proved: Proved) => callerFor(typeof who === 'string' ? PEOPLE[who] : who, proved)
  const as = (who: PersonKey | Person) => {
    const person: Person = typeof who === 'string' ? PEOPLE[who] : who
    const known = callers.get(person.adhesionId) ?? callerFor(person)
    callers.set(person.adhesionId, known)
    return known
  }
  const close = async () => {
    await app.close()
    await jobs.close()
    await opened.close()
    await sql.end()
    await database.close()
    await rm(deps.config.filesDir, { recursive: true, force: true })
  }
  const { appUrl, workerUrl, ownerUrl, superuserUrl } = database
  const urls = { appUrl, workerUrl, ownerUrl, superuserUrl }
  return { app, deps, sql, urls, as, asWith, anonymous: () => callerOf(app, async () => undefined), setClock, runJobs: jobs.run, close }
}
