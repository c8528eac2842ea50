import { afterAll, expect, test } from 'vitest'
import { ORG, SERIE } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { createWorld } from '../../../test/world.ts'
import { deriveCode, lookupOf, unwrapLotKey } from '../../platform/codes.ts'
import { openJob, type Task } from '../../platform/jobs/job.ts'
import { runJobsOnce } from '../../platform/jobs/run.ts'
import { openDeps } from '../../platform/process.ts'
import { produceLot } from './produce-lot.ts'

// lots of more than one chunk cost more than the convention of the seed allows; small carnets keep them quick
const world = await createWorld({ prepare: (sql) => sql.query('update convention set montant_centimes = 1000000000, carnet_taille = 2') })
const opened = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'worker', statementTimeout: 60_000, max: 4 })
const worker = { ...opened, clock: world.deps.clock }
afterAll(async () => {
  await opened.close()
  await world.close()
})

const produce = (id: string) => world.as('operateur.gestionnaire').post(`/commandes/${id}/production`)
const ship = (id: string) => world.as('operateur.gestionnaire').post(`/commandes/${id}/expedition`, { colis: 2 })
const lotRow = async (commandeId: string) =>
  (await world.sql.query('select l.*, k.cle_chiffree from lot l join lot_cle k on k.lot_id = l.id where commande_id = $1', [commandeId]))
    .rows[0]

test('production opens a lot with the next serials, the end of validity of its proof, and a key in its envelope', async () => {
  const { id } = await commandeUpTo(world, 'maquette_validee', { quantite: 3 })
  const response = await produce(id)
  expect(response.statusCode).toBe(200)
  // validated on 2026-03-10, 12 months, end of the month
  expect(response.json()).toMatchObject({ statut: 'en_production', lot: { quantite: 3, produits: 0, dateFin: '2027-03-31' } })
  const lot = await lotRow(id)
  expect(Number(lot.serie_premiere)).toBe(260_010_001)
  expect(() => unwrapLotKey(world.deps.secrets, lot.id, lot.cle_chiffree)).not.toThrow()
  expect(() => unwrapLotKey(world.deps.secrets, ORG.t1, lot.cle_chiffree)).toThrow(/authenticate/)
  const early = await ship(id)
  expect([early.statusCode, early.json().code, early.json().message]).toEqual([
    409,
    'commande_statut',
    'Production en cours\u00a0: 0 sur 3\u00a0carnets. Expédiez quand tous sont prêts.',
  ])
})

test('the job writes every carnet with codes that can be used later, and a second run writes nothing', async () => {
  const { id } = await commandeUpTo(world, 'en_production', { quantite: 1201 })
  const lot = await lotRow(id)
  expect(lot.produits).toBe(1201)
  const count = async () =>
    (
      await world.sql.query(
        'select count(distinct c.id)::int as carnets, count(p.id)::int as pass from carnet c join pass p on p.carnet_id = c.id where c.lot_id = $1',
        [lot.id],
      )
    ).rows[0]
  expect(await count()).toEqual({ carnets: 1201, pass: 2402 })
  // the two transactions of the job are journaled as the operator's
  const { rows } = await world.sql.query(
    `select organisation_id, count(*)::int as n from audit_event where action = 'job:produce-lot' and objet ->> 'lotId' = $1 group by 1`,
    [lot.id],
  )
  expect(rows).toEqual([{ organisation_id: ORG.o1, n: 2 }])
  const lotKey = unwrapLotKey(world.deps.secrets, lot.id, lot.cle_chiffree)
  for (const [n, rang] of [
    [0, 1],
    [999, 2],
    [1000, 1],
    [1200, 2],
  ] as const) {
    const serie = Number(lot.serie_premiere) + n
    const found = await world.sql.query(
      'select c.serie, p.id - c.id * 10 + 1 as rang from pass p join carnet c on c.id = p.carnet_id where p.lookup = $1',
      [lookupOf(world.deps.secrets, deriveCode(lotKey, serie, rang))],
    )
    expect(found.rows).toEqual([{ serie: String(serie), rang: String(rang) }])
  }
})

test('a job stopped in the middle goes on from what the lot holds, and two runs at once write nothing twice', async () => {
  const { id } = await commandeUpTo(world, 'maquette_validee', { quantite: 2100 })
  await produce(id)
  const lot = await lotRow(id)
  let chunks = 0
  const stopping: Task = (job, deps) =>
    produceLot(
      {
        ...job,
        write: (objet, handle) => {
          if (chunks++ === 1) throw new Error('arrêt')
          return job.write(objet, handle)
        },
      },
      deps,
    )
  await runJobsOnce(worker, { 'produce-lot': stopping })
  expect((await lotRow(id)).produits).toBe(1000)
  const again = () => {
    const acteur = { organisationId: ORG.o1, utilisateurId: null }
    return produceLot(openJob(worker, { name: 'produce-lot', id: '0', payload: { lotId: lot.id }, acteur }), worker)
  }
  await Promise.all([again(), again()])
  const { rows } = await world.sql.query('select count(*)::int as n, min(serie) as de, max(serie) as a from carnet where lot_id = $1', [
    lot.id,
  ])
  expect(rows).toEqual([{ n: 2100, de: lot.serie_premiere, a: lot.serie_derniere }])
})

test('two productions at once: one lot', async () => {
  const { id } = await commandeUpTo(world, 'maquette_validee', { quantite: 1 })
  const answers = await Promise.all([produce(id), produce(id)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect((await world.sql.query('select count(*)::int as n from lot where commande_id = $1', [id])).rows[0].n).toBe(1)
})

test('shipping moves every carnet at once and writes its history', async () => {
  const { id } = await commandeUpTo(world, 'en_production', { quantite: 5 })
  const answers = await Promise.all([ship(id), ship(id)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(answers.find(({ statusCode }) => statusCode === 200)!.json()).toMatchObject({ statut: 'expediee', colis: 2 })
  const lot = await lotRow(id)
  expect(lot.imprime_at.toISOString()).toBe('2026-03-10T08:00:00.000Z')
  const carnets = await world.sql.query('select statut, count(*)::int as n from carnet where lot_id = $1 group by 1', [lot.id])
  expect(carnets.rows).toEqual([{ statut: 'expedie', n: 5 }])
  const moves = await world.sql.query(
    'select type, carnets, serie_premiere, serie_derniere from mouvement where lot_id = $1 order by type',
    [lot.id],
  )
  const range = { carnets: 5, serie_premiere: lot.serie_premiere, serie_derniere: lot.serie_derniere }
  expect(moves.rows).toEqual([
    { type: 'expedie', ...range },
    { type: 'imprime', ...range },
  ])
  expect(Number(lot.serie_premiere)).toBeGreaterThan(SERIE.l9)
})

test('a pass is of a carnet of its collectivité, and neither is deleted nor given another number', async () => {
  const { lot } = await commandeUpTo(world, 'en_production', { quantite: 1 })
  const { rows } = await world.sql.query('select collectivite_id, id from carnet where lot_id = $1', [lot!.id])
  const [{ collectivite_id: collectivite, id: carnet }] = rows
  const planted = (owner: string, of: string) =>
    world.sql.query(`insert into pass (collectivite_id, id, carnet_id, lookup) values ($1, $2::bigint * 10 + 9, $2, sha256('x'))`, [
      owner,
      of,
    ])
  await expect(planted(collectivite, '999999999')).rejects.toMatchObject({ code: '23503' })
  await expect(planted(ORG.t2, carnet)).rejects.toMatchObject({ code: '23503' })
  for (const text of [
    'delete from carnet where id = $1',
    'update carnet set collectivite_id = collectivite_id where id = $1',
    'delete from pass where carnet_id = $1',
    'update pass set carnet_id = carnet_id where carnet_id = $1',
  ])
    await expect(world.sql.query(text, [carnet])).rejects.toMatchObject({ code: '23001' })
  await expect(planted(collectivite, carnet)).resolves.toMatchObject({ rowCount: 1 })
})
