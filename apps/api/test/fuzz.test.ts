import { afterAll, expect, test } from 'vitest'
import type { Answer } from '../../../fuzz/checks.ts'
import { cookiesOf } from '../../../fuzz/people.ts'
import type { Document, Request } from '../../../fuzz/requests.ts'
import { fuzz, report, type Target } from '../../../fuzz/run.ts'
import { type Sabotage, SABOTAGES, spoiledModules } from '../../../fuzz/sabotage.ts'
import { buildServer } from '../src/server.ts'
import { createWorld } from './world.ts'

/** T7's short column; the seed is written down so that a red run is one that a change made. */
const CALLS = 10_000
const SEED = 20_260_310

const world = await createWorld()
afterAll(() => world.close())

const targetOf = async (app: typeof world.app): Promise<Target> => ({
  document: (await app.inject('/api/openapi.json')).json<Document>(),
  sql: world.sql,
  send: async ({ method, path, headers, body }: Request, cookie: string): Promise<Answer> => {
    const t0 = performance.now()
    const response = await app.inject({
      method: method as 'GET',
      url: path,
      headers: { ...headers, ...(cookie && { cookie }) },
      ...(body !== undefined && method !== 'GET' && { payload: body }),
    })
    const told = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
    )
    return { status: response.statusCode, body: response.body, headers: told, milliseconds: performance.now() - t0 }
  },
})

const spoiled = async (name: Sabotage) => {
  const cookie = await cookiesOf(world.sql).of('collectivite.administrateur')
  const app = await buildServer(world.deps, { modules: spoiledModules(name, cookie) })
  const outcome = await fuzz(await targetOf(app), { calls: 400, seed: SEED })
  await app.close()
  return outcome
}

test.each(SABOTAGES)('a fault planted in the server is found: %s', { timeout: 120_000 }, async (name) => {
  const { found } = await spoiled(name)
  console.log(`fuzz sabotage ${name}: ${found.length} findings of 400 calls`)
  expect(new Set(found.map(({ check }) => check))).toContain(name)
})

test('the n-th call of a seed is always the same one', async () => {
  const target = await targetOf(world.app)
  const calls = async () => {
    const sent: Request[] = []
    const send: Target['send'] = async (request, cookie) => {
      sent.push(request)
      return target.send(request, cookie)
    }
    await fuzz({ ...target, send }, { calls: 20, seed: 7, from: 40 })
    return sent
  }
  expect(await calls()).toEqual(await calls())
})

test(`${CALLS} calls made from the documentation, as everyone: nothing breaks, leaks or changes unsaid`, { timeout: 600_000 }, async () => {
  const outcome = await fuzz(await targetOf(world.app), { calls: CALLS, seed: SEED })
  console.log(report(outcome, SEED))
  expect(outcome.found.map(({ rank, check, detail }) => `${rank} ${check} ${detail}`)).toEqual([])
})
