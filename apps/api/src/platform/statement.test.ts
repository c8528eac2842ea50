import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareProbes, probes } from '../../test/probe.ts'
import { createWorld, type World } from '../../test/world.ts'
import { MODULES } from '../registry.ts'

let world: World
const T1 = 'collectivite.gestionnaire'
const count = (attente: number, key: string = randomUUID(), headers = {}) =>
  world.as(T1).post('/sondes/compte', { attente }, { key, headers })
const total = async () => (await world.sql.query('select n from sonde_total')).rows[0].n

beforeAll(async () => {
  world = await createWorld({ modules: [...MODULES, probes], prepare: prepareProbes })
})
afterAll(() => world.close())

test('the function’s answer is sent as it is, and replayed under its key', async () => {
  const key = randomUUID()
  const first = await count(0, key)
  const second = await count(0, key)
  expect([first.statusCode, first.json(), second.body, second.headers['idempotency-replayed']]).toEqual([200, { n: 1 }, first.body, 'true'])
  expect(await total()).toBe(1)
})

test('its refusals are completed into problems', async () => {
  const key = randomUUID()
  await count(0, key)
  const reused = await world.as(T1).post('/sondes/compte', { attente: 1 }, { key })
  expect(reused.json()).toMatchObject({
    type: 'urn:pass-numerique:cle_reutilisee',
    title: 'Refusé par une règle',
    status: 409,
    code: 'cle_reutilisee',
    requestId: reused.headers['x-request-id'],
  })
  expect(reused.json().message).toMatch(/Rechargez la page/)
  expect(reused.headers['content-type']).toBe('application/problem+json; charset=utf-8')
})

test('an unknown session is 401, a role without the droit 403, another organisation 409, all said by the function', async () => {
  const cookie = `__Host-session=${'a'.repeat(43)}`
  const stranger = await world.anonymous().post('/sondes/compte', { attente: 0 }, { headers: { cookie } })
  const reader = await world.as('collectivite.lecteur').post('/sondes/compte', { attente: 0 })
  const changed = await count(0, randomUUID(), { 'x-adhesion': randomUUID() })
  expect([stranger, reader, changed].map((answer) => [answer.statusCode, answer.json().code])).toEqual([
    [401, 'non_connecte'],
    [403, 'droit_absent'],
    [409, 'organisation_changee'],
  ])
})

test('a twin beyond the lock timeout is en_cours; a lock that is not the key’s is 503', async () => {
  const key = randomUUID()
  const [slow, twin] = await Promise.all([count(3, key), count(3, key)])
  expect([slow.statusCode, twin.statusCode].toSorted((a, b) => a - b)).toEqual([409, 503])
  expect([slow, twin].find(({ statusCode }) => statusCode === 409)?.json().code).toBe('en_cours')
  await world.sql.query('begin')
  await world.sql.query('select 1 from sonde_total for update')
  const busy = await count(0)
  await world.sql.query('rollback')
  expect([busy.statusCode, busy.json().code, busy.headers['retry-after']]).toEqual([503, 'occupe', '1'])
})

test('twins within the timeout: one counts, the others replay', async () => {
  const before = await total()
  const key = randomUUID()
  const answers = await Promise.all([1, 2, 3].map(() => count(0, key)))
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(await total()).toBe(before + 1)
})
