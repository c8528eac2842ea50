import { PIECE_RULE } from '@pass/domain/pieces.ts'
import { afterAll, expect, test } from 'vitest'
import { MODULES, ROUTES } from '../../src/registry.ts'
import { createWorld } from '../world.ts'

const world = await createWorld({ seeded: false })
afterAll(() => world.close())

type Media = Record<string, { schema?: object; example?: unknown }>
type Operation = {
  operationId: string
  summary: string
  description: string
  tags: string[]
  parameters?: { name: string; in: string; example?: unknown }[]
  requestBody?: { content: Media }
  responses: Record<string, { description: string; content?: Media }>
  'x-droit': string
  'x-effet': string
  'x-refus': string[]
}

const response = await world.app.inject('/api/openapi.json')
const document = response.json<{ paths: Record<string, Record<string, Operation>> }>()
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)
const byName = new Map(operations.map((one) => [one.operation.operationId, one]))

test('every route of the registry is documented, and nothing else', () => {
  console.log(`documentation: ${operations.length} operations, ${MODULES.length} modules`)
  expect([...byName.keys()].toSorted()).toEqual(Object.keys(ROUTES).toSorted())
  for (const [name, { method, path }] of Object.entries(ROUTES)) {
    const found = byName.get(name)!
    expect([name, found.method, found.path]).toEqual([name, method.toLowerCase(), `/api${path.replace(/:(\w+)/g, '{$1}')}`])
  }
})

test.each(Object.entries(ROUTES))('%s says its droit, its effect, its refusals, its answers, with examples', (name, route) => {
  const { operation } = byName.get(name)!
  expect([operation['x-droit'], operation['x-effet']]).toEqual([route.droit, route.effect])
  expect(operation.summary.length).toBeGreaterThan(5)
  expect(operation.description).toContain(route.droit === 'public' ? 'Sans session' : route.droit)
  for (const code of route.refusals ?? []) expect(operation['x-refus']).toContain(code)
  for (const status of ['400', '404', '500', '503', ...(route.droit === 'public' ? [] : ['401', '403', '409'])])
    expect([status, Object.keys(operation.responses[status]?.content ?? {})]).toEqual([status, ['application/problem+json']])
  const success = operation.responses[String(route.kind === 'redirect' ? 303 : (route.status ?? 200))]!
  if (route.kind !== 'file' && route.kind !== 'redirect') expect(success.content?.['application/json']).toHaveProperty('example')
  for (const parameter of operation.parameters ?? []) if (parameter.in !== 'header') expect(parameter).toHaveProperty('example')
  const keys = (operation.parameters ?? []).filter((parameter) => parameter.name === 'Idempotency-Key')
  expect(keys).toHaveLength(route.effect === 'write' ? 1 : 0)
  if (route.kind === 'upload') {
    expect(Object.keys(operation.requestBody?.content ?? {})).toEqual((route.fichier ?? PIECE_RULE).types)
    return expect(operation.parameters?.map((parameter) => parameter.name)).toContain('X-Nom-Fichier')
  }
  if (!route.body) return expect(operation.requestBody).toBeUndefined()
  expect(operation.requestBody?.content['application/json']?.example).toEqual(route.example)
  return expect(route.body.safeParse(route.example).success).toBe(true)
})
