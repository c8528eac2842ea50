import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startPostgres } from '../tools/postgres.mjs'
import type { Api } from './api.ts'
import type { Random } from './random.ts'

export type Field = { apis: readonly Api[]; random: Random; superuserUrl: string; pgDir: string; pgPort: number }
type Fault = (field: Field) => Promise<void>

/** Something asked of the database directly; the fault may itself meet one. */
const ask = async (url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await use(client)
  } catch {
    // the server is away: another fault has it
  } finally {
    await client.end().catch(() => undefined)
  }
}

const oneOf = ({ apis, random }: Field) => random.pick(apis)
const BACKENDS = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app' and pid <> pg_backend_pid()"
const locked =
  (table: string, ms: number): Fault =>
  ({ superuserUrl }) =>
    ask(superuserUrl, async (client) => {
      await client.query(`begin; lock table ${table} in access exclusive mode`)
      await sleep(ms)
      await client.query('rollback')
    })

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** PostgreSQL stops without a word to anyone, and recovers from its log: what was acknowledged is in it. */
const crashPostgres: Fault = async ({ pgDir, pgPort }) => {
  const { pid } = await startPostgres({ dir: pgDir, adopt: true })
  process.kill(pid, 'SIGQUIT')
  while (alive(pid)) await sleep(10)
  await startPostgres({ dir: pgDir, port: pgPort, adopt: true })
}

/** T1's faults (reliability.md section 10), by name, with how often each is drawn. */
export const FAULTS: Readonly<Record<string, { weight: number; run: Fault }>> = {
  processus_tue: { weight: 3, run: async (field) => oneOf(field).kill('SIGKILL') },
  redemarrage_annonce: { weight: 2, run: async (field) => oneOf(field).kill('SIGTERM') },
  connexion_tuee: {
    weight: 4,
    run: ({ superuserUrl }) => ask(superuserUrl, (client) => client.query(`${BACKENDS} order by random() limit 1`)),
  },
  connexions_tuees: { weight: 2, run: ({ superuserUrl }) => ask(superuserUrl, (client) => client.query(BACKENDS)) },
  base_arretee: { weight: 1, run: crashPostgres },
  reponses_perdues: { weight: 6, run: async (field) => oneOf(field).http.swallow(1 + field.random.below(3)) },
  lien_coupe: { weight: 3, run: async (field) => oneOf(field).http.cut() },
  reponse_base_perdue: { weight: 3, run: async (field) => oneOf(field).database.swallow(1) },
  lien_base_coupe: { weight: 3, run: async (field) => oneOf(field).database.cut() },
  lenteur: {
    weight: 2,
    run: async (field) => {
      const way = field.random.pick([oneOf(field).http, oneOf(field).database])
      way.slow(field.random.between(20, 300))
      await sleep(600)
      way.slow(0)
    },
  },
  table_verrouillee: { weight: 1, run: locked('redemption', 2500) },
  connexions_epuisees: { weight: 1, run: locked('session', 1500) },
}

const DRAW = Object.entries(FAULTS).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name))

/** One fault after the other until the end; how many of each. */
export const trouble = async (field: Field, isOver: () => boolean): Promise<Map<string, number>> => {
  const done = new Map<string, number>()
  while (!isOver()) {
    await sleep(field.random.between(100, 500))
    const name = field.random.pick(DRAW)
    await FAULTS[name]!.run(field)
    done.set(name, (done.get(name) ?? 0) + 1)
  }
  return done
}
