import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { produceLot } from '../apps/api/src/modules/commandes/produce-lot.ts'
import { wrapLotKey } from '../apps/api/src/platform/codes.ts'
import { readConfig } from '../apps/api/src/config.ts'
import { installJobs } from '../apps/api/src/platform/jobs/install.ts'
import { openJob } from '../apps/api/src/platform/jobs/job.ts'
import { openDeps } from '../apps/api/src/platform/process.ts'
import { CONVENTION, ORG } from '../prisma/seed/base/ids.ts'
import { pairedRatio, spread } from './figures.ts'
import type { Bench } from './setting.ts'

const AIM = 0.5
const ROUNDS = 5
const CARNETS = 100_000
const TAILLE = 10
const PREMIERE = 265_000_001
/** A job stopped between two chunks: it goes on from what the lot holds. */
class Stopped extends Error {}

type Lot = { id: string; quantite: number }

/** An order in production, as the operator's act leaves it: its lot is empty, its key is in its envelope. */
const openLot = async (sql: pg.Client, quantite: number, wrap: (lotId: string) => Buffer): Promise<Lot> => {
  const [commande, id] = [randomUUID(), randomUUID()]
  await sql.query(
    `insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes)
     values ($1, $2, $3, $4, 'MESURE', 'en_production', $5::int, $6::int, 1000, $5::bigint * $6::int * 1000)`,
    [ORG.t1, commande, CONVENTION.cv1, ORG.o1, quantite, TAILLE],
  )
  await sql.query(
    `insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin)
     values ($1, $2, $3, $4, $5, $6::int, $7, 1000, $8::bigint, $8::bigint + $6::int - 1, '2027-03-31')`,
    [ORG.t1, id, commande, CONVENTION.cv1, ORG.o1, quantite, TAILLE, PREMIERE],
  )
  await sql.query('insert into lot_cle (collectivite_id, lot_id, operateur_id, cle_chiffree) values ($1, $2, $3, $4)', [
    ORG.t1,
    id,
    ORG.o1,
    wrap(id),
  ])
  return { id, quantite }
}

/** The same tables with the same indexes and checks, nothing else; and the hashes to put into them, made before. */
const openBare = async (sql: pg.Client, carnets: number) => {
  await sql.query(`create table carnet_nu (like carnet including all); create table pass_nu (like pass including all);
    create table empreintes as select k, sha256(int8send(k)) || ''::bytea lookup from generate_series(0, ${carnets * TAILLE - 1}) k;
    alter table empreintes add primary key (k)`)
  await sql.query('vacuum analyze empreintes')
}

/** One statement: the carnets, then their pass. */
const insertBare = (sql: pg.Client, lot: Lot, de: number, n: number) =>
  sql.query(
    `with fait as (
       insert into carnet_nu (collectivite_id, serie, lot_id, convention_id, operateur_id, taille, date_fin)
       select $1::uuid, $2::bigint + $3::int + i, $4::uuid, $5::uuid, $6::uuid, $7::int, '2027-03-31' from generate_series(0, $8::int - 1) i returning id, serie)
     insert into pass_nu (collectivite_id, id, carnet_id, lookup)
     select $1::uuid, f.id * 10 + r, f.id, e.lookup from fait f cross join generate_series(0, $7::int - 1) r
       join empreintes e on e.k = (f.serie - $2::bigint) * $7::int + r`,
    [ORG.t1, PREMIERE, de, lot.id, CONVENTION.cv1, ORG.o1, TAILLE, n],
  )

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

const faultAfter = async (sql: pg.Client, lot: Lot): Promise<string | null> => {
  const { rows } = await sql.query<{ carnets: number; pass: number; codes: number }>(
    `select count(distinct c.id)::int carnets, count(*)::int pass, count(distinct p.lookup)::int codes from carnet c join pass p on p.collectivite_id = c.collectivite_id and p.carnet_id = c.id where c.lot_id = $1`,
    [lot.id],
  )
  const { carnets, pass, codes } = rows[0]!
  const isWhole = carnets === lot.quantite && pass === lot.quantite * TAILLE && codes === pass
  return isWhole ? null : `${carnets} carnets, ${pass} pass, ${codes} codes`
}

const MB = 2 ** 20

/** A lot of 100 000 carnets by the job that makes them, part by part, in turn with a bare INSERT … SELECT of the same rows. */
export const generation: Bench = async ({ ownerUrl, env, scale }) => {
  const config = readConfig(env)
  const part = Math.max(1000, Math.round((CARNETS * scale) / ROUNDS / 1000) * 1000)
  const sql = new pg.Client({ connectionString: ownerUrl })
  await sql.connect()
  await sql.query(`do $$ begin execute format('grant create on database %I to worker', current_database()); end $$`)
  await installJobs(config.workerUrl!)
  const deps = await openDeps(config, { url: config.workerUrl!, name: 'worker', statementTimeout: 60_000, max: 4 })
  const lot = await openLot(sql, part * ROUNDS, (lotId) => wrapLotKey(deps.secrets, lotId, randomBytes(32)))
  await openBare(sql, lot.quantite)
  const start = process.memoryUsage.rss()
  let peak = start
  /** The job as the worker runs it, until the lot holds this many carnets. */
  const produceUpTo = async (target: number) => {
    const job = openJob(deps, {
      name: 'produce-lot',
      id: '0',
      payload: { lotId: lot.id },
      acteur: { organisationId: ORG.o1, utilisateurId: null },
    })
    const progress = async (fait: number, total: number) => {
      peak = Math.max(peak, process.memoryUsage.rss())
      await job.progress(fait, total)
      if (fait >= target) throw new Stopped()
    }
    await produceLot({ ...job, progress }, deps).catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error
    })
  }
  const rates = { tache: [] as number[], nu: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const sides = { tache: () => produceUpTo((round + 1) * part), nu: () => insertBare(sql, lot, round * part, part) }
    for (const side of round % 2 ? (['nu', 'tache'] as const) : (['tache', 'nu'] as const))
      rates[side].push((part * TAILLE) / (await seconds(sides[side])))
  }
  const fault = await faultAfter(sql, lot)
  const { rows } = await sql.query<{ octets: string }>(`select (pg_total_relation_size('pass') + pg_total_relation_size('carnet')) octets`)
  await deps.close()
  await sql.end()
  const pass = lot.quantite * TAILLE
  console.log(
    `  tâche ${spread(rates.tache, 0)} pass/s, codes compris · INSERT … SELECT nu ${spread(rates.nu, 0)} pass/s · ${ROUNDS} tours de ${part} carnets, ${pass} pass`,
  )
  console.log(
    `  mémoire\u00a0: ${(peak / MB).toFixed(0)} Mo au plus (${((peak - start) / MB).toFixed(0)} au-dessus du départ) · ${Math.round(Number(rows[0]!.octets) / pass)} octets par pass, carnet et index compris`,
  )
  const { ratios, median } = pairedRatio(rates.tache, rates.nu)
  console.log(`  rapport ${spread(ratios)}\u00a0; ${fault ?? 'chaque carnet une fois, chaque code une fois'}`)
  const isMet = fault === null && median >= AIM
  console.log(`generation ratio=${median.toFixed(2)} aim=${AIM} ${isMet ? 'PASS' : 'FAIL'}`)
  return isMet
}
