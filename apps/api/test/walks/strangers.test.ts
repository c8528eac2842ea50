import type pg from 'pg'
import { routes } from '@pass/contracts/route.ts'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ORG } from '../../../../prisma/seed/base/ids.ts'
import { found } from '../../src/platform/errors.ts'
import { implement } from '../../src/platform/implement.ts'
import { MODULES, type Module } from '../../src/registry.ts'
import { createWorld } from '../world.ts'
import { fingerprintOf } from './fingerprint.ts'
import { CANARIES } from './canaries.ts'
import { walkNeighbours, walkOwn, walkStrangers } from './strangers-walk.ts'

const world = await createWorld()
afterAll(() => world.close())

const OF_T1 = [ORG.t1, ORG.s1, ORG.s2]

test('T2’s people with T1’s ids: 404 for each, no canary in any answer, and nothing of T1 has moved', { timeout: 400_000 }, async () => {
  const before = await fingerprintOf(world.sql, OF_T1)
  const { calls, statuts, faults } = await walkStrangers(world, MODULES)
  console.log(`walk of the strangers: ${calls} calls ${JSON.stringify(statuts)}, ${CANARIES.t1.length} canaries searched in each`)
  expect(faults).toEqual([])
  expect(await fingerprintOf(world.sql, OF_T1)).toEqual(before)
})

test('inside T1, another structure and another prescripteur get 404 too', { timeout: 200_000 }, async () => {
  const { calls, statuts, faults } = await walkNeighbours(world, MODULES)
  console.log(`walk of the neighbours: ${calls} calls ${JSON.stringify(statuts)}`)
  expect(faults).toEqual([])
})

test('T1’s own people never meet anything of T2', { timeout: 400_000 }, async () => {
  const { calls, statuts, faults } = await walkOwn(world, MODULES)
  console.log(`walk of one’s own: ${calls} calls ${JSON.stringify(statuts)}, ${CANARIES.t2.length} canaries searched in each`)
  expect(faults).toEqual([])
  expect(Object.keys(statuts)).toContain('200')
})

/** A planted query that forgot reach(): row security alone holds it. */
const forgetful: Module = {
  routes: routes({
    sansPortee: {
      method: 'GET',
      path: '/oubli/:conventionId',
      droit: 'convention:read',
      effect: 'read',
      summary: 'Sans reach()',
      params: z.object({ conventionId: z.uuid() }),
      response: z.object({ id: z.uuid() }),
    },
  }),
  bind: (app, deps) =>
    implement(app, deps, forgetful.routes, {
      sansPortee: async (ctx: Parameters<Parameters<typeof implement>[3][string]>[0], { params }: { params: { conventionId: string } }) =>
        found(
          await (ctx as unknown as { db: typeof world.deps.db }).db.convention.findFirst({
            where: { id: params.conventionId },
            select: { id: true },
          }),
        ),
    } as never),
}
/** Every policy opened to everyone: reach() alone holds. */
const openPolicies = async (sql: pg.Client) => {
  const { rows } = await sql.query<{ name: string; table: string }>(
    `select policyname name, tablename "table" from pg_policies where schemaname = 'public' and policyname like 'as\\_%'`,
  )
  for (const { name, table } of rows)
    if (!['adhesion', 'audit_event', 'outbox'].includes(table))
      await sql.query(`alter policy ${name} on ${table} using (true) with check (true)`)
}

test('sabotage: without reach(), row security holds; without both, the walk finds it', async () => {
  const sabotaged = await createWorld({ modules: [...MODULES, forgetful] })
  expect((await walkStrangers(sabotaged, [forgetful])).faults).toEqual([])
  await openPolicies(sabotaged.sql)
  const { faults } = await walkStrangers(sabotaged, [forgetful])
  expect(faults).toContain("sansPortee: 200 for autre:collectivite.gestionnaire with T1's ids, 404 expected")
  await sabotaged.close()
})

test('the second lock: with every policy open, reach() alone answers 404 and lets no canary through', { timeout: 400_000 }, async () => {
  const opened = await createWorld()
  await openPolicies(opened.sql)
  const { calls, faults } = await walkStrangers(opened, MODULES)
  await opened.close()
  console.log(`walk without row security: ${calls} calls, ${faults.length} faults`)
  expect(faults).toEqual([])
})
