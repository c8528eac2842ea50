import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld({ prepare: (sql) => sql.query('update convention set montant_centimes = 100000000000, carnet_taille = 5') })
afterAll(() => world.close())

const QUANTITE = 12_000
/** A worker as it runs in service, of this test's own database. */
const startWorker = () => {
  const { config } = world.deps
  return spawn(process.execPath, [fileURLToPath(new URL('../../worker.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      NODE_ENV: 'test',
      DEMO: '1',
      CLOCK: config.clock,
      DATABASE_URL: world.urls.appUrl,
      DATABASE_WORKER_URL: world.urls.workerUrl,
      SECRETS_DIR: config.secretsDir,
      FILES_DIR: config.filesDir,
    },
  })
}
const until = async (isTrue: () => Promise<boolean>, ms = 120_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) if (await isTrue()) return
  throw new Error('nothing came')
}

test('a worker killed in the middle of a production, then another one: every carnet once, none without its pass, no code twice', async () => {
  const { id } = await commandeUpTo(world, 'maquette_validee', { quantite: QUANTITE })
  await world.as('operateur.gestionnaire').post(`/commandes/${id}/production`)
  const lot = async () =>
    (await world.sql.query('select id, produits, serie_premiere, serie_derniere from lot where commande_id = $1', [id])).rows[0]
  const first = startWorker()
  await until(async () => (await lot()).produits > 0)
  first.kill('SIGKILL')
  await once(first, 'exit')
  const { produits } = await lot()
  expect(produits).toBeGreaterThan(0)
  expect(produits).toBeLessThan(QUANTITE)
  const begun = Date.now()
  const second = startWorker()
  try {
    await until(async () => (await lot()).produits === QUANTITE)
  } finally {
    second.kill('SIGTERM')
    await once(second, 'exit')
  }
  console.log(`killed at ${produits} of ${QUANTITE}, whole ${Date.now() - begun} ms after the second start`)
  const { id: lotId, serie_premiere, serie_derniere } = await lot()
  const { rows } = await world.sql.query(
    `select count(*)::int n, count(distinct serie)::int series, min(serie) de, max(serie) a from carnet where lot_id = $1`,
    [lotId],
  )
  expect(rows).toEqual([{ n: QUANTITE, series: QUANTITE, de: serie_premiere, a: serie_derniere }])
  const pass = await world.sql.query(
    `select count(*)::int n, count(distinct p.lookup)::int codes, count(distinct p.carnet_id)::int carnets from pass p join carnet c on c.id = p.carnet_id where c.lot_id = $1`,
    [lotId],
  )
  expect(pass.rows).toEqual([{ n: QUANTITE * 5, codes: QUANTITE * 5, carnets: QUANTITE }])
  const orphans = await world.sql.query(
    'select count(*)::int n from pass p where not exists (select 1 from carnet c where c.id = p.carnet_id)',
  )
  expect(orphans.rows[0].n).toBe(0)
}, 300_000)
