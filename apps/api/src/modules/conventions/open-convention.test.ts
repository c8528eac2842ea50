import { afterAll, expect, test } from 'vitest'
import { CONVENTION } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const open = (id: string, role: Parameters<typeof world.as>[0] = 'collectivite.administrateur') =>
  world.as(role).post(`/conventions/${id}/ouverture`)

test('a convention not signed, not begun or past is not opened', async () => {
  const refused = async (id: string) => {
    const response = await open(id)
    return [response.statusCode, response.json().code]
  }
  expect(await refused(CONVENTION.brouillon)).toEqual([409, 'convention_statut'])
  world.setClock('2025-12-31T12:00:00+01:00')
  expect(await refused(CONVENTION.signee)).toEqual([409, 'convention_non_commencee'])
  world.setClock('2028-01-01T12:00:00+01:00')
  expect(await refused(CONVENTION.signee)).toEqual([409, 'convention_echue'])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('a stranger gets 404, and only the collectivité’s administrator opens', async () => {
  expect((await open(CONVENTION.signee, 'autre:collectivite.administrateur')).statusCode).toBe(404)
  expect((await open(CONVENTION.signee, 'collectivite.gestionnaire')).statusCode).toBe(403)
  expect((await open(CONVENTION.signee, 'anct.pilote')).statusCode).toBe(403)
})

test('two openings at once: one opens, the other is refused', async () => {
  const answers = await Promise.all([open(CONVENTION.signee), open(CONVENTION.signee)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(answers.find(({ statusCode }) => statusCode === 200)!.json().statut).toBe('active')
})
