import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareProbes, probes } from '../../test/probe.ts'
import { createWorld, type World } from '../../test/world.ts'
import { MODULES } from '../registry.ts'
import { read } from './door.ts'

let world: World
const T1 = 'collectivite.gestionnaire'
const T2 = 'autre:collectivite.gestionnaire'

beforeAll(async () => {
  world = await createWorld({ modules: [...MODULES, probes], prepare: prepareProbes })
})
afterAll(() => world.close())

const probe = async (who: typeof T1 | typeof T2 = T1) => {
  const id = randomUUID()
  const response = await world.as(who).post('/sondes', { id, nom: `Sonde ${id.slice(0, 8)}` })
  expect(response.statusCode).toBe(201)
  return id
}
const act = (id: string, acte: string, key: string = randomUUID()) => world.as(T1).post(`/sondes/${id}/actes`, { acte }, { key })
const row = async (id: string) => (await world.sql.query('select nom, statut, fois from sonde where id = $1', [id])).rows[0]
const audit = async (key: string, objet: string) =>
  (
    await world.sql.query(
      'select action, statut, code, role, organisation_type from audit_event where action = $1 and objet::text like $2 order by id',
      [key, `%${objet}%`],
    )
  ).rows
const stored = async (key: string) => (await world.sql.query('select statut from idempotence where cle = $1', [key])).rows
const idle = async () =>
  (
    await world.sql.query(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
    )
  ).rows[0].n

test('a write answers, is journaled with who did what to which record, and is kept under its key', async () => {
  const id = await probe()
  const key = randomUUID()
  const response = await act(id, 'rien', key)
  expect([response.statusCode, response.json().fois]).toEqual([200, 1])
  expect(await audit('actOnProbe', id)).toEqual([
    { action: 'actOnProbe', statut: 200, code: null, role: T1, organisation_type: 'collectivite' },
  ])
  expect(await stored(key)).toEqual([{ statut: 200 }])
  const { rows } = await world.sql.query(
    "select count(*)::int as n from outbox o join audit_event a on a.xid = o.xid where o.objet->>'sondeId' = $1",
    [id],
  )
  expect(rows[0].n).toBe(1)
})

test('the same key and body give the same answer again, and run nothing', async () => {
  const id = await probe()
  const key = randomUUID()
  const first = await act(id, 'rien', key)
  const second = await act(id, 'rien', key)
  expect([second.statusCode, second.body, second.headers['idempotency-replayed']]).toEqual([200, first.body, 'true'])
  expect(first.headers['idempotency-replayed']).toBeUndefined()
  expect((await row(id)).fois).toBe(1)
})

test('the same key with another body is refused and journaled, the first answer stays', async () => {
  const id = await probe()
  const key = randomUUID()
  await act(id, 'rien', key)
  const reused = await act(id, 'refuse', key)
  expect([reused.statusCode, reused.json().code]).toEqual([409, 'cle_reutilisee'])
  expect((await act(id, 'rien', key)).statusCode).toBe(200)
  expect((await audit('actOnProbe', id)).map(({ statut, code }) => [statut, code])).toEqual([
    [200, null],
    [409, 'cle_reutilisee'],
  ])
})

test('the same key is another one for another organisation and another route', async () => {
  const [id, other] = [await probe(), await probe(T2)]
  const key = randomUUID()
  await act(id, 'rien', key)
  const response = await world.as(T2).post(`/sondes/${other}/actes`, { acte: 'rien' }, { key })
  expect([response.statusCode, response.headers['idempotency-replayed']]).toEqual([200, undefined])
})

test('three twins: one runs, two replay', async () => {
  const id = await probe()
  const key = randomUUID()
  const answers = await Promise.all([1, 2, 3].map(() => act(id, 'attend', key)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(answers.filter(({ headers }) => headers['idempotency-replayed']).length).toBe(2)
  expect((await row(id)).fois).toBe(1)
})

test('a write without a key, or with a key that is none, is refused', async () => {
  for (const key of ['', 'abc', `${randomUUID()} `]) {
    const response = await world.as(T1).post('/sondes', { id: randomUUID(), nom: 'Sans clé' }, { key })
    expect([response.statusCode, response.json().code]).toEqual([400, 'cle_manquante'])
  }
})

test('a refusal after a write undoes it, is journaled, and is told again under its key', async () => {
  const id = await probe()
  const key = randomUUID()
  const first = await act(id, 'refuse_apres', key)
  expect([first.statusCode, first.json().code, first.json().message]).toEqual([409, 'convention_statut', 'Trop tard.'])
  expect(await row(id)).toMatchObject({ fois: 0, statut: 'neuf' })
  expect(await audit('actOnProbe', id)).toMatchObject([{ statut: 409, code: 'convention_statut' }])
  const second = await act(id, 'refuse_apres', key)
  expect([second.statusCode, second.body, second.headers['idempotency-replayed']]).toEqual([409, first.body, 'true'])
})

test('a refusal for the body alone is 400: journaled, not kept', async () => {
  const id = await probe()
  const key = randomUUID()
  expect((await act(id, 'malforme', key)).json()).toMatchObject({ status: 400, code: 'convention_cle_incomplete' })
  expect(await audit('actOnProbe', id)).toMatchObject([{ statut: 400 }])
  expect(await stored(key)).toEqual([])
})

test('another organisation’s row and an unknown one are the same 404, journaled, not kept', async () => {
  const other = await probe(T2)
  const key = randomUUID()
  const unknown = randomUUID()
  const answers = [await act(other, 'rien', key), await act(unknown, 'rien', randomUUID())]
  const shapes = answers.map((answer) => ({ ...answer.json(), requestId: '' }))
  expect(shapes[0]).toEqual(shapes[1])
  expect(shapes[0]).toMatchObject({ status: 404, code: 'introuvable' })
  expect(await audit('actOnProbe', other)).toMatchObject([{ statut: 404, code: 'introuvable' }])
  expect(await stored(key)).toEqual([])
  expect((await world.as(T1).get(`/sondes/${other}`)).statusCode).toBe(404)
  expect((await row(other)).fois).toBe(0)
})

test('a fault undoes everything, stores nothing, tells nothing; the key runs again', async () => {
  const id = await probe()
  const key = randomUUID()
  const answer = await act(id, 'panne', key)
  expect([answer.statusCode, answer.json().code]).toEqual([500, 'erreur_interne'])
  expect(answer.body).not.toContain('secrète')
  expect([await row(id), await audit('actOnProbe', id), await stored(key)]).toMatchObject([{ fois: 0 }, [], []])
})

test('a database error is never told in the driver’s words; one that is swallowed writes nothing', async () => {
  const id = await probe()
  const key = randomUUID()
  const told = await act(id, 'base', key)
  expect(told.statusCode).toBe(400) // 22012: a value that the database cannot take
  expect(told.body).not.toMatch(/division|zero|postgres|prisma/i)
  const swallowed = await act(id, 'avale', randomUUID())
  expect(swallowed.statusCode).toBe(500)
  expect((await row(id)).fois).toBe(0)
})

test('a unique value that exists is a 409 that does not say where, and the transaction goes on to its journal', async () => {
  const id = await probe()
  const answer = await act(id, 'doublon')
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'deja_enregistre'])
  expect(answer.body).not.toContain('Sonde')
  expect(await audit('actOnProbe', id)).toMatchObject([{ statut: 409, code: 'deja_enregistre' }])
})

test('an update that finds no row any more is a lost race', async () => {
  const id = await probe()
  const answer = await act(id, 'course')
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'modifie_entre_temps'])
  expect((await row(id)).fois).toBe(0)
})

test('a Prisma update or read that finds no row is a lost race too', async () => {
  const answer = await act(await probe(), 'absent')
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'modifie_entre_temps'])
})

test('a serialization failure runs the whole call again, twice, and counts once', async () => {
  const id = await probe()
  const answer = await act(id, 'conflit')
  expect([answer.statusCode, answer.json().fois]).toEqual([200, 1])
  expect(await audit('actOnProbe', id)).toMatchObject([{ statut: 200 }])
})

test('a forged context is refused as no session, and writes nothing', async () => {
  const id = await probe()
  expect((await act(id, 'forge')).statusCode).toBe(401)
  expect((await row(id)).fois).toBe(0)
})

test('the right context in the wrong role sees nothing', async () => {
  const id = await probe()
  expect((await act(id, 'role')).statusCode).toBe(404)
})

test('a row for another organisation is refused by the policy', async () => {
  const id = await probe()
  const answer = await act(id, 'autre')
  expect(answer.statusCode).toBeGreaterThanOrEqual(403)
  expect((await world.sql.query("select count(*)::int as n from sonde where nom = 'chez un autre'")).rows[0].n).toBe(0)
})

test.each(['ecrire', 'ouvrir', 'fort'])('a read cannot write, whatever it tries (%s)', async (comment) => {
  const id = await probe()
  const answer = await world.as(T1).get(`/sondes/${id}/lecture?comment=${comment}`)
  expect([answer.statusCode, answer.json().code]).toEqual([500, 'erreur_interne'])
  expect((await row(id)).fois).toBe(0)
})

test('a context that is too old opens nothing', async () => {
  const { rows } = await world.sql.query('select id from door.ctx_key')
  expect(rows.length).toBe(1)
  const entry = { role: 'as_collectivite', ctx: `1|${randomUUID()}|collectivite|x|${randomUUID()}||1|${'0'.repeat(64)}` }
  await expect(read(world.deps.db, entry, (db) => db.$queryRaw`select count(*) from sonde`)).rejects.toThrow(/28000|forged/)
})

test('the login role reads nothing by itself, and cannot make a context', async () => {
  for (const statement of [
    'select * from sonde',
    'select * from organisation',
    'select * from door.ctx_key',
    "select ctx_sign(null, 'anct', 'x', null, '{}')",
    'select job_context(uuidv7())',
  ])
    await expect(world.deps.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
})

test('a lock held elsewhere is 503 with Retry-After, and stores nothing', async () => {
  const id = await probe()
  const key = randomUUID()
  await world.sql.query('begin')
  await world.sql.query('select 1 from sonde where id = $1 for update', [id])
  const answer = await act(id, 'rien', key)
  await world.sql.query('rollback')
  expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'occupe', '1'])
  expect(await stored(key)).toEqual([])
})

test('a twin that runs beyond the lock timeout is 409 en_cours', async () => {
  const id = await probe()
  const key = randomUUID()
  const [slow, twin] = await Promise.all([act(id, 'long', key), act(id, 'long', key)])
  expect([slow.statusCode, twin.statusCode].toSorted((a, b) => a - b)).toEqual([409, 503]) // the slow one meets statement_timeout
  expect([slow, twin].find(({ statusCode }) => statusCode === 409)?.json().code).toBe('en_cours')
})

test('a journaled read takes no key, leaves an audit line and answers its file with a safe name', async () => {
  const id = await probe()
  const answer = await world.as(T1).get(`/sondes/${id}/fichier`)
  expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([200, 'a;b', 'text/csv; charset=utf-8'])
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="-_?etat.*\.csv"; filename\*=UTF-8''-%C3%A9tat/)
  expect(await audit('readProbeFile', id)).toMatchObject([{ statut: 200 }])
})

test('500 mixed calls on a pool of five leave no open transaction and no context behind', async () => {
  const [a, b] = [await probe(), await probe(T2)]
  const calls = Array.from({ length: 500 }, (_, i) => i)
  const statuses: Record<number, number> = {}
  const leaks: string[] = []
  const one = async (i: number) => {
    const [who, mine, theirs] = i % 2 === 0 ? ([T1, a, b] as const) : ([T2, b, a] as const)
    const acte = ['rien', 'refuse', 'refuse_apres', 'panne', 'base'][i % 5]!
    const answer = i % 3 === 0 ? await world.as(who).get('/sondes') : await world.as(who).post(`/sondes/${mine}/actes`, { acte })
    if (answer.body.includes(theirs)) leaks.push(answer.body)
    statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1
  }
  for (let i = 0; i < calls.length; i += 5) await Promise.all(calls.slice(i, i + 5).map(one))
  expect(leaks).toEqual([])
  expect(Object.keys(statuses).toSorted()).toEqual(['200', '400', '409', '500'])
  expect(await idle()).toBe(0)
  const clients = await Promise.all([1, 2, 3, 4, 5].map(() => world.deps.pool.connect()))
  const states = await Promise.all(
    clients.map((client) => client.query("select current_user as role, coalesce(current_setting('app.ctx', true), '') as ctx")),
  )
  for (const client of clients) client.release()
  expect(states.map(({ rows }) => rows[0])).toEqual(Array.from({ length: 5 }, () => ({ role: 'app', ctx: '' })))
}, 120_000)
