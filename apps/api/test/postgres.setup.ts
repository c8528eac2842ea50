import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { at } from '../../../tools/common.mjs'
import { alone, take, users } from '../../../tools/lock.mjs'
import { plantInDatabase, planted } from '../../../tools/mutant.mjs'
import { migrations } from '../../../tools/pending.mjs'
import { startPostgres } from '../../../tools/postgres.mjs'
import { ensureRoles, urlTo } from '../../../tools/roles.mjs'
import { generate, prisma } from '../../../tools/setup.mjs'

const directory = at('.data/test-postgres')
const usersFolder = `${directory}/users`

export interface TestServer {
  /** Superuser, on the database `postgres`: makes and drops the copies. */
  readonly superuserUrl: string
  readonly template: string
  /** Connection strings to the template, one a role; only their database changes. */
  readonly roles: Readonly<Record<'owner' | 'app' | 'worker' | 'stats' | 'auditor', string>>
}

declare module 'vitest' {
  interface ProvidedContext {
    pg: TestServer
  }
}

/** Databases of runs that are over, and templates of migrations that are no more. */
async function sweep(admin: pg.Client, template: string, alive: readonly number[]) {
  const { rows } = await admin.query<{ name: string }>(
    `select datname as name from pg_database where datname ~ '^(t_[0-9]+_|template_app_)'`,
  )
  for (const { name } of rows) {
    const isUsed = name.startsWith('t_') ? alive.includes(Number(name.split('_')[1])) : name === template || alive.length > 1
    if (!isUsed) await admin.query(`drop database if exists ${name} with (force)`)
  }
}

/** Tables by the migrations, then the worker's queue, as the worker makes it at its first start. */
async function fill(urls: { ownerUrl: string; workerUrl: string }) {
  if (migrations().length === 0) return
  await prisma(['migrate', 'deploy'], { DATABASE_OWNER_URL: urls.ownerUrl })
  const { installJobs } = await import('../src/platform/jobs/install.ts')
  await installJobs(urls.workerUrl)
}

/** The migrated template: made again only when a migration or the queue changed, since its name holds their content. */
async function ensureTemplate(superuserUrl: string, alive: readonly number[]) {
  const hash = createHash('sha256')
  for (const { name, sum } of migrations()) hash.update(`${name}:${sum}\n`)
  hash.update(readFileSync(new URL('../src/platform/jobs/install.ts', import.meta.url)))
  const template = `template_app_${hash.digest('hex').slice(0, 16)}`
  const admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
  try {
    await sweep(admin, template, alive)
    const { rows } = await admin.query<{ mark: string | null }>(
      `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1`,
      [template],
    )
    const isReady = rows[0]?.mark === 'migrated'
    if (!isReady) await admin.query(`drop database if exists ${template} with (force)`)
    const urls = await ensureRoles(superuserUrl, { database: template, secretsFile: `${directory}/roles.json` })
    if (!isReady) await fill(urls)
    if (!isReady) await admin.query(`comment on database ${template} is 'migrated'`)
    return { template, urls }
  } finally {
    await admin.end()
  }
}

/** `npm run mutants`: the tests copy a copy of the template that holds the fault. Named like a copy: swept with them. */
async function withFault(superuserUrl: string, template: string): Promise<string> {
  const fault = planted()
  if (!fault?.sql && !fault?.statement) return template
  const name = `t_${process.pid}_mutant`
  const admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
  try {
    await admin.query(`create database ${name} template ${template}`)
  } finally {
    await admin.end()
  }
  const client = new pg.Client({ connectionString: urlTo(superuserUrl, name) })
  await client.connect()
  try {
    await plantInDatabase(client, fault)
  } finally {
    await client.end()
  }
  return name
}

/**
 * vitest's global set-up: one PostgreSQL for every run of this checkout, stopped by the last one that uses it.
 * Runs may overlap: each is known by its process number, which the names of its databases hold.
 */
export async function setup(project: TestProject) {
  const mine = `${usersFolder}/${process.pid}-${randomUUID()}`
  const server = await alone(`${directory}/lock`, async () => {
    const started = await startPostgres({ dir: directory, fast: true, adopt: true })
    take(mine, 'vitest')
    return started
  })
  const superuserUrl = server.url('postgres')
  const release = () =>
    alone(`${directory}/lock`, async () => {
      rmSync(mine, { force: true })
      if (users(usersFolder).length === 0) await server.stop()
    })
  try {
    const { template, urls } = await alone(`${directory}/lock`, async () => {
      await generate()
      const made = await ensureTemplate(superuserUrl, users(usersFolder))
      return { ...made, template: await withFault(superuserUrl, made.template) }
    })
    const { ownerUrl: owner, appUrl: app, workerUrl: worker, statsUrl: stats, auditorUrl: auditor } = urls
    project.provide('pg', { superuserUrl: urlTo(superuserUrl, 'postgres'), template, roles: { owner, app, worker, stats, auditor } })
  } catch (error) {
    await release()
    throw error
  }
  return release
}
