import { ROLES } from '@pass/domain/organisations.ts'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { routes } from '@pass/contracts/route.ts'
import { MODULES, type Module } from '../../src/registry.ts'
import { createWorld } from '../world.ts'
import { walkRoles } from './roles-walk.ts'
import { everyRoute, walked } from './routes.ts'

const world = await createWorld()
afterAll(() => world.close())

test('role × route: 401 without a session, 403 exactly where DROITS says so, never a 5xx', { timeout: 400_000 }, async () => {
  const { calls, statuts, faults } = await walkRoles(world, MODULES)
  console.log(`walk of the roles: ${everyRoute(MODULES).length} routes × ${ROLES.length + 1} = ${calls} calls ${JSON.stringify(statuts)}`)
  expect(faults).toEqual([])
  expect(calls).toBeGreaterThan(everyRoute(MODULES).length * 10)
})

test('a route without example, or with a parameter that the seed does not know, fails the walk', () => {
  const response = z.object({})
  const table = routes({
    sansExemple: {
      method: 'POST',
      path: '/x',
      droit: 'session:read',
      effect: 'write',
      summary: 'x',
      body: z.strictObject({ a: z.string() }),
      response,
    },
    sansParametre: {
      method: 'GET',
      path: '/x/:inconnuId',
      droit: 'session:read',
      effect: 'read',
      summary: 'x',
      params: z.object({ inconnuId: z.uuid() }),
      response,
    },
    sansRecherche: {
      method: 'GET',
      path: '/x',
      droit: 'session:read',
      effect: 'read',
      summary: 'x',
      query: z.object({ a: z.string() }),
      response,
    },
  })
  for (const [name, route] of Object.entries(table)) expect(() => walked(name, route)).toThrow(name)
})

test('sabotage: a planted route that asks for no droit, and one that falls, are both found', async () => {
  const response = z.object({})
  const planted: Module = {
    routes: routes({
      plantee: { method: 'GET', path: '/plantee', droit: 'convention:sign', effect: 'read', summary: 'Sans porte', response },
      tombee: { method: 'GET', path: '/tombee', droit: 'convention:sign', effect: 'read', summary: 'Tombe', response },
    }),
    bind: (app) => {
      app.get('/plantee', () => ({}))
      app.get('/tombee', () => {
        throw new Error('planted')
      })
    },
  }
  const sabotaged = await createWorld({ modules: [...MODULES, planted] })
  const { faults } = await walkRoles(sabotaged, [planted])
  await sabotaged.close()
  expect(faults).toContain('plantee: 200 without a session, 401 expected')
  expect(faults).toContain('plantee: 200 for hub.animateur, 403 expected')
  expect(faults.some((fault) => fault.startsWith('tombee: 500'))).toBe(true)
  expect(faults.filter((fault) => fault.startsWith('plantee'))).toHaveLength(1 + ROLES.length - 2)
})
