import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { ORG } from '../prisma/seed/base/ids.ts'
import { urlTo } from '../tools/roles.mjs'
import { pairedRatio, spread } from './figures.ts'
import { type Call, CLIENTS, NOW, prepare, type Prepared, ROLES, TODAY } from './prepare.ts'
import type { Bench, Setting } from './setting.ts'

const SMALL = 1_000_000
const BIG = 10_000_000
const ROUNDS = 7
const AIMS = { scan: 0.95, saisie: 0.9 } as const
const WAYS = ['scan', 'saisie'] as const
type Way = (typeof WAYS)[number]
const SIZES = ['petite', 'grande'] as const
type Size = (typeof SIZES)[number]

/** Pass that nobody spends, printed and never activated: the tables and indexes are as long as they would be. */
const fill = async (sql: pg.Client, wanted: number) => {
  const constraints = await sql.query<{ name: string; definition: string }>(
    `select conname name, pg_get_constraintdef(oid) definition from pg_constraint where conrelid = 'pass'::regclass and contype = 'f'`,
  )
  for (const { name } of constraints.rows) await sql.query(`alter table pass drop constraint ${name}`)
  await sql.query('drop index pass_lookup')
  const carnets = wanted / 10
  const LOT = 50_000
  for (let de = 0; de < carnets; de += LOT) {
    const n = Math.min(LOT, carnets - de)
    await sql.query(
      `with modele as (select collectivite_id, lot_id, convention_id, operateur_id from carnet where collectivite_id = $1 limit 1),
        fait as (insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, statut, taille, date_fin)
          select m.collectivite_id, 2700000000 + $2::bigint + i, m.lot_id, m.convention_id, m.operateur_id, 'imprime', 10, '2026-06-30' from modele m cross join generate_series(0, $3::int - 1) i returning id)
       insert into pass (collectivite_id, id, carnet_id, lookup)
         select $1, f.id * 10 + r, f.id, sha256(int8send(f.id * 10 + r)) from fait f cross join generate_series(0, 9) r`,
      [ORG.t1, de, n],
    )
  }
  await sql.query('create unique index pass_lookup on pass (lookup)')
  for (const { name, definition } of constraints.rows) await sql.query(`alter table pass add constraint ${name} ${definition}`)
  await sql.query('vacuum analyze pass, carnet')
}

type Base = { prepared: Prepared; clients: pg.Client[]; next: number }

const open = async (setting: Setting, name: string, passes: number, calls: number): Promise<Base> => {
  const [ownerUrl, appUrl] = [urlTo(setting.ownerUrl, name), urlTo(setting.appUrl, name)]
  const sql = new pg.Client({ connectionString: ownerUrl })
  await sql.connect()
  await fill(sql, passes)
  await sql.end()
  const prepared = await prepare({ ...setting, ownerUrl, appUrl }, calls)
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new pg.Client({ connectionString: appUrl })
      await client.connect()
      return client
    }),
  )
  return { prepared, clients, next: 0 }
}

const TEXT = 'select statut, reponse, replayed from redeem($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)'

const redeem = async (base: Base, { client, atelier, lookups, ids }: Call, way: Way) => {
  const keyed = lookups.map((lookup) => Buffer.from(lookup, 'hex'))
  const hash = Buffer.from(base.prepared.tokens[client]!.hash, 'hex')
  const [collectivites, pass] = way === 'scan' ? [ids.map(() => ORG.t1), ids] : [ids.map(() => null), ids.map(() => null)]
  const values = [hash, TODAY, null, ROLES, randomUUID(), randomBytes(32), randomUUID(), NOW, atelier, collectivites, pass, keyed]
  const { rows } = await base.clients[client]!.query<{ statut: number; reponse: string }>({ name: 'redeem', text: TEXT, values })
  return rows[0]!.statut === 201 ? null : `${rows[0]!.statut} ${rows[0]!.reponse.slice(0, 200)}`
}

/** Calls per second of the next `count` calls, eight clients at once; throws when one is refused. */
const segment = async (base: Base, way: Way, count: number): Promise<number> => {
  const calls = base.prepared.calls.slice(base.next, (base.next += count))
  const begun = performance.now()
  const failures = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (const call of calls.filter((one) => one.client === client)) {
        const failure = await redeem(base, call, way)
        if (failure) return failure
      }
      return null
    }),
  )
  const failure = failures.find((one) => one !== null)
  if (failure) throw new Error(failure)
  return calls.length / ((performance.now() - begun) / 1000)
}

/** Redeem on ten million pass beside one million, the same function and the same calls, in turn. */
export const growth: Bench = async (setting) => {
  const perSegment = Math.max(64, Math.round((400 * setting.scale) / 64) * 64)
  const calls = perSegment * WAYS.length * (ROUNDS + 1)
  const admin = new pg.Client({ connectionString: urlTo(setting.ownerUrl, 'postgres') })
  await admin.connect()
  const source = new URL(setting.ownerUrl).pathname.slice(1)
  const bases = {} as Record<Size, Base>
  for (const [size, passes] of [
    ['petite', SMALL],
    ['grande', BIG],
  ] as const) {
    await admin.query(`drop database if exists growth_${size} with (force)`)
    await admin.query(`create database growth_${size} template ${source}`)
    bases[size] = await open(setting, `growth_${size}`, Math.round(passes * setting.scale), calls)
    console.log(`  ${Math.round(passes * setting.scale).toLocaleString('fr-FR')} pass prêts`)
  }
  const rates = { petite: { scan: [], saisie: [] }, grande: { scan: [], saisie: [] } } as Record<Size, Record<Way, number[]>>
  // the first round warms plans and caches up, and does not count; each round begins with the other side
  for (let round = 0; round <= ROUNDS; round++)
    for (const way of WAYS)
      for (const size of round % 2 ? SIZES : SIZES.toReversed()) {
        const rate = await segment(bases[size], way, perSegment)
        if (round > 0) rates[size][way].push(rate)
      }
  for (const { clients, prepared } of Object.values(bases)) await Promise.all([...clients, prepared.sql].map((client) => client.end()))
  for (const size of SIZES) await admin.query(`drop database growth_${size} with (force)`)
  await admin.end()
  const met = WAYS.map((way) => {
    const { ratios, median } = pairedRatio(rates.grande[way], rates.petite[way])
    console.log(
      `  ${way}\u00a0: ${spread(rates.petite[way], 0)} appels/s sur 1 M, ${spread(rates.grande[way], 0)} sur 10 M, rapport ${spread(ratios)}`,
    )
    return { way, median, isMet: median >= AIMS[way] }
  })
  const isMet = met.every((one) => one.isMet)
  const ratio = met.map(({ way, median }) => `${way}:${median.toFixed(2)}`).join(',')
  console.log(`growth ratio=${ratio} aim=scan:${AIMS.scan},saisie:${AIMS.saisie} ${isMet ? 'PASS' : 'FAIL'}`)
  return isMet
}
