import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedBusyMonth } from '../../../../../prisma/seed/base/busy-month.ts'
import { CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const preparateur = world.as('operateur.finance_preparateur')
/** More than one call closes, in several parts. */
const STRUCTURES = 1_200
const PER_STRUCTURE = 10
const PASS = STRUCTURES * PER_STRUCTURE

beforeAll(async () => {
  await seedBusyMonth(world.sql, {
    conventions: [
      {
        collectivite: ORG.t1,
        convention: CONVENTION.cv1,
        operateur: ORG.o1,
        prescripteur: ORG.p1,
        seriePremiere: 266_000_001,
        parStructure: PER_STRUCTURE,
      },
    ],
    structures: STRUCTURES,
    at: '2026-03-05T10:00:00+01:00',
  })
  await world.sql.query('analyze')
  world.setClock('2026-04-02T09:00:00+02:00')
})

const startWorker = () => {
  const { config } = world.deps
  return spawn(process.execPath, [fileURLToPath(new URL('../../worker.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      NODE_ENV: 'test',
      DEMO: '1',
      CLOCK: '2026-04-02T09:00:00+02:00',
      DATABASE_URL: world.urls.appUrl,
      DATABASE_WORKER_URL: world.urls.workerUrl,
      SECRETS_DIR: config.secretsDir,
      FILES_DIR: config.filesDir,
    },
  })
}
const until = async (isTrue: () => Promise<boolean>, ms = 120_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(10)) if (await isTrue()) return
  throw new Error('nothing came')
}
const run = async () =>
  (await world.sql.query(`select statut, structures, faites, pass, montant_centimes::int montant from cloture where mois = '2026-03'`)).rows

const charged = async () =>
  (
    await world.sql.query(`select -coalesce(sum(solde_centimes), 0)::int n from account where nature = 'charge' and operateur_id = $1`, [
      ORG.o1,
    ])
  ).rows[0].n

test('two closings at once, then a worker killed in the middle and another one: each bordereau once, numbers without gap, every use in it', async () => {
  const before = await charged()
  const preview = (await preparateur.get('/clotures/2026-03')).json()
  expect(preview).toMatchObject({ structures: STRUCTURES + 1, pass: PASS + 1, suivi: null })
  // the answer stays small
  expect(preview.bordereaux).toHaveLength(500)
  const both = await Promise.all([1, 2].map(() => preparateur.post('/clotures/2026-03')))
  expect(both.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([201, 409])
  expect(both.find(({ statusCode }) => statusCode === 201)!.json()).toMatchObject({
    pass: PASS + 1,
    suivi: { statut: 'en_cours', structures: STRUCTURES + 1, faites: 0 },
  })
  expect(both.find(({ statusCode }) => statusCode === 409)!.json().code).toBe('cloture_en_cours')
  // another period waits too
  expect((await preparateur.post('/clotures/2026-02')).json().code).toBe('cloture_en_cours')

  const first = startWorker()
  await until(async () => (await run())[0].faites > 0)
  first.kill('SIGKILL')
  await once(first, 'exit')
  const [stopped] = await run()
  expect(stopped.statut).toBe('en_cours')
  expect(stopped.faites).toBeLessThan(STRUCTURES)
  // what is done is told on the way
  expect((await preparateur.get('/clotures')).json().items[0]).toMatchObject({ statut: 'en_cours', faites: stopped.faites })
  const begun = Date.now()
  const second = startWorker()
  try {
    await until(async () => (await run())[0].statut === 'terminee')
  } finally {
    second.kill('SIGTERM')
    await once(second, 'exit')
  }
  console.log(`killed at ${stopped.faites} of ${STRUCTURES + 1} structures, whole ${Date.now() - begun} ms after the second start`)
  expect(await run()).toEqual([
    { statut: 'terminee', structures: STRUCTURES + 1, faites: STRUCTURES + 1, pass: PASS + 1, montant: (PASS + 1) * 1000 },
  ])
  const { rows } = await world.sql.query(
    `select count(*)::int n, count(distinct organisation_id)::int structures, count(distinct reference)::int numeros, min(reference) de, max(reference) a,
            sum(pass)::int pass from bordereau where operateur_id = $1 and mois = '2026-03'`,
    [ORG.o1],
  )
  // B26-0001 is of the base seed: the following ones go on from it
  expect(rows).toEqual([
    { n: STRUCTURES + 1, structures: STRUCTURES + 1, numeros: STRUCTURES + 1, de: 'B26-0002', a: `B26-${STRUCTURES + 2}`, pass: PASS + 1 },
  ])
  const left = await world.sql.query(`select count(*)::int n from redemption where operateur_id = $1 and statut = 'a_payer'`, [ORG.o1])
  expect(left.rows[0].n).toBe(0)
  // charged once to the financeurs, all of it
  const uncharged = await world.sql.query(
    `select count(*) filter (where c.charge_at is null)::int oublies from bordereau_convention c join bordereau b on b.organisation_id = c.organisation_id and b.id = c.bordereau_id
      where b.operateur_id = $1 and b.mois = '2026-03'`,
    [ORG.o1],
  )
  expect(uncharged.rows).toEqual([{ oublies: 0 }])
  expect((await charged()) - before).toBe((PASS + 1) * 1000)
  await assertLedger(world.sql)
}, 300_000)

test('closed, it is told, and run again it finds nothing', async () => {
  const { rows } = await world.sql.query(`select titre from notification where code = 'cloture_finie'`)
  expect(rows).toEqual([{ titre: 'Arrêté terminé\u00a0: mars 2026' }])
  expect((await preparateur.post('/clotures/2026-03')).json()).toMatchObject({ structures: 0, pass: 0, suivi: null })
})
