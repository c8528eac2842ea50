import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BENEFICIAIRE, CONVENTION, LOT, ORG, PEOPLE } from '../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../world.ts'
import { connect, contextOf, counted, inside, VIEWERS } from './sql-context.ts'

const world = await createWorld()
let app: pg.Client
let worker: pg.Client
beforeAll(async () => {
  app = await connect(world.urls.appUrl)
  worker = await connect(world.urls.workerUrl)
})
afterAll(async () => {
  await app.end()
  await worker.end()
  await world.close()
})

const NOBODY = { role: null, ctx: '' }
const t1 = () => contextOf(worker, ORG.t1)
const t2 = () => contextOf(worker, ORG.t2)
/** Runs a statement as T2 on the server's own login; answers the SQLSTATE, or what it did. */
const probe = async (text: string, values: unknown[] = [], entry?: { role: string | null; ctx: string }) =>
  inside(app, entry ?? (await t2()), async () => ({ done: (await app.query(text, values)).rowCount }))

test('outside a role the login sees no table, and its functions ask for a context', async () => {
  const { rows } = await world.sql.query<{ name: string }>(
    `select c.oid::regclass::text name from pg_class c where c.relnamespace::regnamespace::text in ('public', 'door') and c.relkind in ('r', 'v')`,
  )
  for (const { name } of rows) expect([name, await counted(app, NOBODY, `select count(*) n from ${name}`)]).toEqual([name, '42501'])
  expect(rows.length).toBeGreaterThan(35)
})

test('a role without a context reads no row of a tenant', async () => {
  for (const { type } of VIEWERS) {
    for (const table of [
      'convention',
      'commande',
      'carnet',
      'transfer',
      'compte_bancaire',
      'labellisation',
      'redemption',
      'beneficiaire',
      'entonnoir',
      'argent',
    ]) {
      const n = await counted(app, { role: `as_${type}`, ctx: '' }, `select count(*) n from ${table}`)
      expect([type, table, n === 0 || n === '42501' || n]).toEqual([type, table, true])
    }
  }
})

test('a good context in the wrong role reads nothing', async () => {
  const good = await t1()
  for (const { type } of VIEWERS.filter((viewer) => viewer.type !== 'collectivite')) {
    for (const table of ['convention', 'commande', 'carnet', 'transfer', 'compte_bancaire', 'labellisation', 'beneficiaire']) {
      const n = await counted(app, { ...good, role: `as_${type}` }, `select count(*) n from ${table}`)
      expect([type, table, n === 0 || n === '42501' || n]).toEqual([type, table, true])
    }
  }
})

test('a context that is forged, cut, of another organisation or expired opens nothing', async () => {
  const { role, ctx } = await t1()
  const parts = ctx.split('|')
  const forged = {
    organisation: ctx.replace(ORG.t1, ORG.t2),
    type: ctx.replace('|collectivite|', '|anct|'),
    role: ctx.replace('collectivite.systeme', 'collectivite.administrateur'),
    territory: parts.with(5, 'D62').join('|'),
    longer: parts.with(6, String(Number(parts[6]) + 3600)).join('|'),
    key: parts.with(0, '2').join('|'),
    'no signature': parts.slice(0, -1).join('|'),
    'other signature': parts.with(7, '0'.repeat(64)).join('|'),
    noise: 'x',
  }
  for (const [what, one] of Object.entries(forged))
    expect([what, await counted(app, { role, ctx: one }, 'select count(*) n from convention')]).toEqual([what, '28000'])
  // signed with the true key, for a past minute: as an old packet sent again
  const { rows } = await world.sql.query<{ ctx: string }>(
    `with v as (select concat_ws('|', k.id, $1::text, 'collectivite', 'collectivite.systeme', '', '', extract(epoch from now())::bigint - 1) v, k.* from door.ctx_key k)
     select v || '|' || encode(sha256(okey || sha256(ikey || convert_to(v, 'UTF8'))), 'hex') ctx from v`,
    [ORG.t1],
  )
  expect(await counted(app, { role, ctx: rows[0]!.ctx }, 'select count(*) n from convention')).toBe('28000')
  expect(await counted(app, { role, ctx }, 'select count(*) n from convention')).toBe(3)
})

test('a context says who, and cannot be made or lent by the server', async () => {
  expect(await probe(`select ctx_sign($1, 'collectivite', 'collectivite.lecteur', null, '{}')`, [ORG.t1])).toEqual({ sqlstate: '42501' })
  expect(await probe('select * from job_context($1)', [ORG.t1])).toEqual({ sqlstate: '42501' })
  expect(await probe('select * from door.ctx_key')).toEqual({ sqlstate: '42501' })
  expect(await probe('select * from login_lookup($1)', ['x'])).toEqual({ sqlstate: '42501' })
})

test('foreign keys tell nothing of another tenant: T1’s lot and an invented one are refused alike', async () => {
  const insert = `insert into attribution (collectivite_id, id, reference, convention_id, lot_id, prescripteur_id, serie_premiere, serie_derniere, carnets, envoyee_at)
    values ($1, uuidv7(), 'A26-7777', $2, $3, $4, 1, 1, 1, now())`
  const known = await probe(insert, [ORG.t2, CONVENTION.cv2, LOT.l1, ORG.p9])
  expect(known).toEqual({ sqlstate: '23503' })
  expect(await probe(insert, [ORG.t2, CONVENTION.cv2, randomUUID(), ORG.p9])).toEqual(known)
  expect(await probe(insert, [ORG.t2, CONVENTION.cv1, LOT.l9, ORG.p9])).toEqual(known)
  // a row of T1's is not T2's to write
  expect(await probe(insert, [ORG.t1, CONVENTION.cv1, LOT.l1, ORG.p1])).toEqual({ sqlstate: '42501' })
})

test('unique values tell nothing: T1’s reference is free for T2, and ON CONFLICT reaches no row of T1', async () => {
  const insert = `insert into convention (collectivite_id, id, operateur_id, reference, nom, date_debut, date_fin, montant_centimes) values ($1, $2, $3, $4, 'x', '2026-01-01', '2026-12-31', 1)`
  expect(await probe(insert, [ORG.t2, randomUUID(), ORG.o2, 'C-2026-001'])).toEqual({ done: 1 })
  expect(await probe(insert, [ORG.t2, CONVENTION.cv1, ORG.o2, 'C-2026-001'])).toEqual({ done: 1 })
  for (const clause of ['on conflict do nothing', `on conflict (collectivite_id, id) do update set statut = 'close'`])
    expect(await probe(`${insert} ${clause}`, [ORG.t1, CONVENTION.cv1, ORG.o2, 'C-2026-001'])).toEqual({ sqlstate: '42501' })
})

test('updates and deletes of T1’s rows touch none; rows are not given away', async () => {
  expect(await probe(`update convention set statut = 'close' where id = $1`, [CONVENTION.cv1])).toEqual({ done: 0 })
  expect(await probe(`update carnet set prescripteur_id = $1`, [ORG.p9])).toEqual({ done: 5 })
  expect(await probe(`delete from convention`)).toEqual({ sqlstate: '42501' })
  expect(await probe(`update convention set collectivite_id = $1 where id = $2`, [ORG.t1, CONVENTION.cv2])).toEqual({ sqlstate: '42501' })
  expect(await probe(`update carnet set destination_id = $1 where true returning 1`, [ORG.p1], await contextOf(worker, ORG.p9))).toEqual({
    sqlstate: '42501',
  })
})

test('views and definer functions show one’s own alone', async () => {
  const own = await inside(
    app,
    await t2(),
    async () => (await app.query(`select distinct collectivite_id id from entonnoir union select collectivite_id from argent`)).rows,
  )
  expect(own).toEqual([{ id: ORG.t2 }])
  expect(await probe('select * from stats_entonnoir()')).toEqual({ sqlstate: '42501' })
  const people = async (organisation: string) =>
    inside(
      app,
      await contextOf(worker, organisation),
      async () =>
        (await app.query('select id from colleague_names($1)', [Object.values(PEOPLE).map(({ utilisateurId }) => utilisateurId)])).rowCount,
    )
  expect(await people(ORG.o1)).toBe(Object.values(PEOPLE).filter(({ organisationId }) => organisationId === ORG.o1).length)
  const colleagues = Object.values(PEOPLE).filter(({ organisationId }) => organisationId === ORG.t2).length
  // and whoever of the assistance looked at a screen there
  expect(await people(ORG.t2)).toBe(colleagues + 1)
})

test('nobody truncates, creates, locks, copies or becomes another', async () => {
  for (const [text, state] of [
    ['truncate convention cascade', '42501'],
    ['create table x (a int)', '42501'],
    ['create temp table x as select 1', '42501'],
    ['lock table convention in access exclusive mode', '42501'],
    ['alter table convention disable row level security', '42501'],
    [`copy convention to program 'true'`, '42501'],
    ['set local role migrator', '42501'],
    ['set local row_security = off; select count(*) from convention', '42501'],
    ['set session authorization migrator', '42501'],
  ] as const)
    expect([text, await probe(text)]).toEqual([text, { sqlstate: state }])
})

test('a temporary table never stands for a true one inside a definer function', async () => {
  const root = await connect(world.urls.superuserUrl)
  await root.query('begin')
  await root.query(
    `create temp table adhesion as select * from public.adhesion; create temp table utilisateur as select * from public.utilisateur; update utilisateur set nom = 'Intrus'; grant select on adhesion, utilisateur to fn_ctx`,
  )
  const { rows } = await root.query(`select nom from demo_people('2026-03-10') where nom = 'Intrus'`)
  await root.query('rollback')
  await root.end()
  expect(rows).toEqual([])
})

test('what only grows is refused to everyone, the owner of the tables included (H01)', async () => {
  const state = async (text: string) => {
    await world.sql.query('begin')
    const error = await world.sql.query(text).then(
      () => null,
      (caught: pg.DatabaseError) => caught.code,
    )
    await world.sql.query('rollback')
    return error
  }
  for (const table of ['transfer', 'mouvement', 'audit_event']) {
    await world.sql.query(`insert into audit_event (action, statut) values ('probe', 200)`)
    expect([
      table,
      await state(`delete from ${table}`),
      await state(`update ${table} set at = now()`),
      await state(`truncate ${table} cascade`),
    ]).toEqual([table, '23001', '23001', '23001'])
  }
})

test('errors of a probe never name what they found', async () => {
  const response = await world.as('autre:prescripteur.agent').get(`/prescriptions?recherche=${encodeURIComponent(`Basile' or '1'='1`)}`)
  expect([response.statusCode < 500, response.body.includes('Basile Invent'), response.body.includes(BENEFICIAIRE.b1)]).toEqual([
    true,
    false,
    false,
  ])
})
