import { randomUUID } from 'node:crypto'
import { repriseRoutes } from '@pass/contracts/reprises.ts'
import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { balances, openAtelier } from '../../../test/counter.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { codesOf, handed, type Line, refusalOf, said, SIRET, table, takeOver } from '../../../test/take-over.ts'
import { createWorld } from '../../../test/world.ts'
import { ateliers } from '../ateliers/routes.ts'
import { distribution } from '../distribution/routes.ts'
import { reprises } from './routes.ts'

const world = await createWorld({
  modules: [
    { routes: repriseRoutes, bind: reprises },
    { routes: atelierRoutes, bind: ateliers },
    { routes: carnetRoutes, bind: distribution },
  ],
})
afterAll(async () => {
  await assertLedger(world.sql)
  await world.close()
})
const { operateur, open, deposit, prove, apply, linesOf, taken } = await takeOver(world)
const counter = world.as('structure.mediateur')
const use = (atelier: string, ...pass: string[]) => counter.post(`/ateliers/${atelier}/utilisations`, { pass })
const verify = async (atelier: string, code: string) => {
  const answer = (await counter.post(`/ateliers/${atelier}/verifications`, { pass: [code] })).json()
  return answer.code ?? 'valable'
}
const count = async (text: string, ...values: unknown[]) => Number((await world.sql.query(text, values)).rows[0].n)

test('applied: the carnets are worth what the funds gave, and the counter takes the foreign codes with the same refusals', async () => {
  const atelier = await openAtelier(world, { capacite: 20 })
  const [a, b, used, unpaid, stock, waiting] = codesOf(6) as [string, string, string, string, string, string]
  const before = await balances(world)
  const id = await open()
  await deposit(
    id,
    table(
      handed('D1', a),
      handed('D2', b),
      handed('D1', used, 'Utilisé'),
      handed('D1', unpaid, 'Impayé'),
      ['D3', stock, 'Non utilisé'],
      ['D4', waiting, 'Non utilisé', '30/06/2026', '', SIRET],
    ),
  )
  expect(await verify(atelier, `ancien:${a}`)).toBe('code_inconnu')
  expect(refusalOf(await apply(id))).toEqual([409, 'preuve_absente'])
  expect((await prove(id)).statusCode).toBe(201)
  const done = await apply(id)
  expect([done.statusCode, done.json()]).toMatchObject([
    200,
    { statut: 'appliquee', carnets: 4, honores: 4, refuses: 2, commandes: [{ carnets: 4, carnetTaille: 1 }] },
  ])
  const after = await balances(world)
  expect([after.fonds! - before.fonds!, after.circulation! - before.circulation!]).toEqual([-4000, 4000])
  // spaces, dashes and case do not matter; without the word that says whose it is, it is a number of ours badly typed
  expect(await verify(atelier, `ancien:${a.slice(0, 3).toLowerCase()}-${a.slice(3, 6)} ${a.slice(6)}`)).toBe('valable')
  expect(refusalOf(await counter.post(`/ateliers/${atelier}/verifications`, { pass: [a] }))).toEqual([400, 'code_malforme'])
  expect(await verify(atelier, `ancien:${used}`)).toBe('pass_annule')
  expect(await verify(atelier, `ancien:${unpaid}`)).toBe('pass_annule')
  expect(await verify(atelier, `ancien:${stock}`)).toBe('pas_remis')
  expect(await verify(atelier, `ancien:${waiting}`)).toBe('pas_remis')
  expect(refusalOf(await use(atelier, 'ancien:A?'))).toEqual([400, 'code_malforme'])
  expect(refusalOf(await use(atelier, `ancien:${a}`, `ancien:${a.toLowerCase()}`))).toEqual([400, 'doublon_dans_la_demande'])
  const answer = await use(atelier, `ancien:${a}`, `ancien:${b}`)
  expect([answer.statusCode, answer.json().montantCentimes]).toEqual([201, 2000])
  expect(refusalOf(await use(atelier, `ancien:${a}`))).toEqual([409, 'deja_utilise'])
  world.setClock('2026-07-31T08:00:00.000Z')
  const later = await openAtelier(world, { date: '2026-07-31' })
  await world.sql.query(
    `update carnet set statut = 'remis', prescripteur_id = $1, remis_at = now() where serie = (select carnet_serie from reprise_ligne where reprise_id = $2 and serie = 'D3')`,
    [ORG.p1, id],
  )
  expect(await verify(later, `ancien:${stock}`)).toBe('expire')
  world.setClock('2026-03-10T08:00:00.000Z')
})

test('no code is kept anywhere: neither in a row, nor in the journal, nor in a job', async () => {
  const [code] = codesOf(1) as [string]
  const id = await taken(handed('E1', code))
  await deposit(id, table(handed('E1', code)))
  const all = new pg.Client({ connectionString: world.urls.superuserUrl })
  await all.connect()
  const { rows } = await all.query<{ name: string }>(
    `select c.oid::regclass::text name from pg_class c where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'door', 'stats', 'graphile_worker')`,
  )
  const hits: string[] = []
  const hex = Buffer.from(code).toString('hex')
  for (const { name } of rows) {
    const found = await all.query(`select 1 from ${name} t where t::text ilike $1 or t::text ilike $2 limit 1`, [`%${code}%`, `%${hex}%`])
    if (found.rowCount) hits.push(name)
  }
  await all.end()
  expect([rows.length > 50, hits]).toEqual([true, []])
})

test('a pass is taken over once: refused in the next file, and a file judged before it takes nothing any more', async () => {
  const [code, other] = codesOf(2) as [string, string]
  const late = await open()
  await deposit(late, table(handed('F9', code), handed('F8', other)))
  await prove(late)
  await taken(handed('F1', code))
  const again = await open()
  await deposit(again, table(handed('F1', code)))
  expect((await linesOf(again)).items[0].motif).toBe('deja_repris')
  const answer = await apply(late)
  expect(answer.json()).toMatchObject({ statut: 'en_erreur', message: expect.stringContaining('rien n’est repris') })
  expect(await count(`select count(*) n from commande where reprise_id = $1`, late)).toBe(0)
  await deposit(late, table(handed('F9', code), handed('F8', other)))
  expect((await apply(late)).json()).toMatchObject({ statut: 'appliquee', carnets: 1 })
})

test('two applications at once make the carnets once; an applied take-over takes no other file', async () => {
  const [code] = codesOf(1) as [string]
  const id = await open()
  await deposit(id, table(handed('G1', code)))
  await prove(id)
  const answers = await Promise.all([apply(id), apply(id)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([200, 409])
  expect(await count(`select count(*) n from carnet c join lot l on l.id = c.lot_id where l.reprise_id = $1`, id)).toBe(1)
  expect(refusalOf(await deposit(id, table(handed('G1', code))))).toEqual([409, 'reprise_statut'])
})

test('the funds went meanwhile: nothing is taken over, with the amount that is missing', async () => {
  const id = await open()
  await deposit(id, table(...codesOf(2).map((code) => handed('H1', code))))
  await prove(id)
  const { id: account, solde } = (
    await world.sql.query(`select id, solde_centimes solde from account where convention_id = $1 and nature = 'fonds'`, [CONVENTION.cv1])
  ).rows[0]
  await world.sql.query('update account set solde_centimes = 500 where id = $1', [account])
  const answer = await apply(id)
  expect([...refusalOf(answer), said(answer.json().message)]).toEqual([
    409,
    'couverture_insuffisante',
    expect.stringContaining('Il manque 15,00 €'),
  ])
  await world.sql.query('update account set solde_centimes = $2 where id = $1', [account, solde])
  expect((await apply(id)).statusCode).toBe(200)
})

test('a large file is judged and applied by jobs; run twice, they write nothing twice', async () => {
  await world.sql.query(`update convention set carnet_taille = carnet_taille where id = $1`, [CONVENTION.cv1])
  const { rows } = await world.sql.query(
    `select account_of($1, $2, $3, 'payeur', null) payeur, account_of($1, $2, $3, 'fonds', null) fonds`,
    [ORG.t1, CONVENTION.cv1, ORG.o1],
  )
  await world.sql.query(
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at) values ($1, $2, $3, 9000000, 'encaissement', $4, $5, $6, now())`,
    [ORG.t1, rows[0].payeur, rows[0].fonds, CONVENTION.cv1, ORG.o1, randomUUID()],
  )
  const id = await open()
  const codes = codesOf(3000)
  const answer = await deposit(id, table(...codes.map((code, i): Line => handed(`L${Math.floor(i / 2)}`, code))))
  expect(answer.json()).toMatchObject({ statut: 'a_lire', honores: 0 })
  await world.runJobs()
  expect((await operateur.get(`/reprises/${id}`)).json()).toMatchObject({
    statut: 'a_confirmer',
    lignes: 3000,
    honores: 3000,
    carnets: 1500,
  })
  await prove(id)
  expect((await apply(id)).json()).toMatchObject({ statut: 'en_cours' })
  await world.runJobs()
  await world.runJobs()
  expect((await operateur.get(`/reprises/${id}`)).json()).toMatchObject({
    statut: 'appliquee',
    commandes: [{ carnets: 1500, carnetTaille: 2 }],
  })
  expect(
    await count(
      `select count(*) n from pass p join carnet c on c.id = p.carnet_id join lot l on l.id = c.lot_id where l.reprise_id = $1`,
      id,
    ),
  ).toBe(3000)
  const atelier = await openAtelier(world)
  expect(await verify(atelier, `ancien:${codes[777]!}`)).toBe('valable')
})

test('another operator finds nothing there, a collectivité imports nothing', async () => {
  const id = await open()
  const stranger = world.as('autre:operateur.gestionnaire')
  expect((await stranger.get(`/reprises/${id}`)).statusCode).toBe(404)
  expect((await deposit(id, table(handed('Z1', 'ANC9999991')), { who: stranger })).statusCode).toBe(404)
  expect((await stranger.post('/reprises', { conventionId: CONVENTION.cv1, ancienOperateur: 'X' })).statusCode).toBe(404)
  expect(
    (await world.as('collectivite.gestionnaire').post('/reprises', { conventionId: CONVENTION.cv1, ancienOperateur: 'X' })).statusCode,
  ).toBe(403)
})
