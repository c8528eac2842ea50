import { afterAll, expect, test } from 'vitest'
import { ATELIER, CONVENTION, LIEU, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
const world = await createWorld()
afterAll(() => world.close())
test('volume', async () => {
  const N = Number(process.env.N ?? 50_000)
  const sql = world.sql
  await sql.query('begin')
  await sql.query(`insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, taille, date_fin) select c.collectivite_id, 270000000 + n, lot_id, convention_id, operateur_id, 10, date_fin from (select * from carnet where collectivite_id = $1 limit 1) c cross join generate_series(1, $2::int / 10) n`, [ORG.t1, N])
  await sql.query(`insert into pass (collectivite_id, id, carnet_id, lookup, statut) select collectivite_id, id * 10 + r, id, sha256(convert_to((id * 10 + r)::text, 'UTF8')), 'utilise' from carnet cross join generate_series(0, 9) r where serie > 270000000`)
  const { rows } = await sql.query(`select min(id) t from transfer where motif = 'utilisation' and collectivite_id = $1`, [ORG.t1])
  await sql.query(`insert into redemption (collectivite_id, acte_id, pass_id, carnet_id, convention_id, operateur_id, structure_id, lieu_id, atelier_id, personne_id, date_atelier, demi_journee, montant_centimes, transfer_id, utilisateur_id, at)
    select p.collectivite_id, gen_random_uuid(), p.id, p.carnet_id, $1, $2, $3, $4, $5, gen_random_uuid(), '2026-03-05', 'matin', 1000, $6, $7, '2026-03-05' from pass p join carnet c on c.id = p.carnet_id where c.serie > 270000000`,
    [CONVENTION.cv1, ORG.o1, ORG.s1, LIEU.l1, ATELIER.a1, rows[0].t, PEOPLE['structure.mediateur'].utilisateurId])
  await sql.query('commit')
  await sql.query('analyze')
  world.setClock('2026-04-05T09:00:00+02:00')
  const f = world.as('operateur.finance_preparateur')
  let t = performance.now()
  const p = await f.get('/clotures/2026-03'); console.log('preview', p.statusCode, Math.round(performance.now() - t))
  t = performance.now()
  const c = await f.post('/clotures/2026-03'); console.log('close', N, c.statusCode, Math.round(performance.now() - t), c.body.slice(0, 200))
  t = performance.now()
  const e = await world.as('anct.pilote').get('/pilotage/entonnoir'); console.log('entonnoir anct', e.statusCode, Math.round(performance.now() - t))
  expect(1).toBe(1)
}, 120_000)
