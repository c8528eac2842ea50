// `npm run drill -- [--seconds 30] [--seed N] [--naive cle|commit]`: pass are used and undone while everything breaks; nothing may be lost, paid twice, or told two ways.
import { parseArgs } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { CLIENTS, prepare } from '../bench/prepare.ts'
import { at, shutdown } from '../tools/common.mjs'
import { startPostgres } from '../tools/postgres.mjs'
import { throwaway } from '../tools/throwaway.mjs'
import { Api, NAIVE, type Naive } from './api.ts'
import { type Act, work } from './client.ts'
import { trouble } from './faults.ts'
import { randomOf } from './random.ts'
import { judge } from './verdict.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' }, naive: { type: 'string' } } })
const seconds = Number(values.seconds ?? 30)
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
const naive = (values.naive ?? null) as Naive | null
if (!(seconds > 0) || !Number.isInteger(seed) || (naive !== null && !NAIVE.includes(naive))) {
  console.error('Usage\u00a0: npm run drill -- [--seconds 30] [--seed 42] [--naive cle|commit]')
  process.exit(2)
}

const pgDir = at('.data/drill-postgres')
const secretsDir = at('.data/drill-secrets')
const urls = await throwaway({ dir: pgDir, database: 'drill', fast: false, env: { SECRETS_DIR: secretsDir } })
const server = await startPostgres({ dir: pgDir, adopt: true })
const superuserUrl = server.url('drill')
if (naive === 'commit') {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  // the answer leaves before the disk has it
  await client.query('alter role app set synchronous_commit = off')
  await client.end()
}
const wanted = Math.ceil(seconds * 60)
const { calls, tokens, sql } = await prepare({ appUrl: urls.appUrl, ownerUrl: urls.ownerUrl, secretsDir, scale: 1, env: {} }, wanted)
await sql.end()
const random = randomOf(seed)
const setting = { appUrl: urls.appUrl, pgPort: server.port, secretsDir, naive }
const apis = [await Api.open(setting), await Api.open(setting)]
const portOf = () => random.pick(apis).http.port

const begun = Date.now()
const isOver = () => Date.now() - begun > seconds * 1000
const acts: Act[][] = tokens.map(() => [])
const [done] = await Promise.all([
  trouble({ apis, random: randomOf(seed + 1), superuserUrl, pgDir, pgPort: server.port }, isOver),
  ...Array.from({ length: CLIENTS }, (_, i) =>
    work({
      calls: calls.filter(({ client }) => client === i),
      cookie: tokens[i]!.cookie,
      random: randomOf(seed + 100 + i),
      portOf,
      isOver,
      acts: acts[i]!,
    }),
  ),
])
for (const api of apis) await api.ready()
await sleep(200)
const owner = new pg.Client({ connectionString: urls.ownerUrl })
await owner.connect()
const lookups = new Map(calls.flatMap(({ codes, lookups: hashes }) => codes.map((code, i) => [code, hashes[i]!] as const)))
const { acknowledged, lost, double, otherwise } = await judge(owner, acts.flat(), lookups, portOf)
await owner.end()
if (naive === 'commit') {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  await client.query('alter role app reset synchronous_commit')
  await client.end()
}
for (const api of apis) await api.close()
await (await startPostgres({ dir: pgDir, adopt: true })).stop()

const anomalies = lost.length + double.length + otherwise.length
const faults = [...done.values()].reduce((sum, n) => sum + n, 0)
console.log(`  pannes\u00a0: ${[...done].map(([name, n]) => `${name} ${n}`).join(', ')}`)
console.log(
  `  ${acts.flat().length} gestes, ${acts.flat().reduce((sum, { tries }) => sum + tries, 0)} envois sans réponse répétés avec la même clé`,
)
for (const [name, list] of Object.entries({ perdus: lost, doubles: double, contredits: otherwise }))
  for (const line of list.slice(0, 5)) console.log(`  ${name}\u00a0: ${line}`)
console.log(
  `drill seed=${seed} seconds=${seconds} acknowledged=${acknowledged} faults=${faults} lost=${lost.length} double=${double.length} otherwise=${otherwise.length} ${anomalies === 0 ? 'PASS' : 'FAIL'}`,
)
await shutdown(anomalies === 0 ? 0 : 1)
