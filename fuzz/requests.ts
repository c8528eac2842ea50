import fc, { type Arbitrary } from 'fast-check'
import * as ids from '../prisma/seed/base/ids.ts'
import { DROITS } from '../packages/domain/src/droits.ts'
import { STRANGERS, type Who, WHO } from './people.ts'
import { type Pool, type Schema, valueOf } from './values.ts'
import { FILES, oneWrong, RAW_BODIES } from './wrong.ts'

type Media = { schema?: Schema; example?: unknown }
export type Operation = {
  operationId: string
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { content?: Record<string, Media> }>
  security: unknown[]
  'x-droit': string
  'x-effet': string
}
export type Document = { paths: Record<string, Record<string, Operation>>; components?: { schemas?: Record<string, Schema> } }
export type Described = { method: string; path: string; operation: Operation }

/** One call of the fuzz, whole: replayed from its seed and rank alone. */
export type Request = {
  name: string
  who: Who
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
}

export const describedIn = (document: Document): Described[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )

const KNOWN = Object.values(ids)
  .filter((group) => typeof group === 'object')
  .flatMap((group) => Object.values(group as Record<string, unknown>))
  .filter((id): id is string => typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id))
export const POOL: Pool = {
  ids: [...KNOWN, ...Object.values(ids.PEOPLE).flatMap((person) => [person.adhesionId, person.utilisateurId])],
  named: ids.PARAMS,
}

/** Nothing most of the time; once in `times` one of these. */
const seldom = <T>(times: number, ...values: readonly T[]): Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) })

const SEGMENTS = [
  '0',
  '-1',
  'null',
  '..',
  '%00',
  '%ff',
  'a'.repeat(300),
  "'",
  '%2e%2e%2f',
  '\u{1F600}',
  'undefined',
  '00000000-0000-0000-0000-000000000000',
]

/** A value as an address holds it. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed()

/** An id that its client makes: somebody else's, sent once, would come back as their own. */
const MADE_BY_CLIENT = new Set(['appareilId'])

const pathOf = ({ path, operation }: Described, refs: Record<string, Schema>): Arbitrary<string> => {
  const params = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
  const values = params.map(({ name, schema = {} }) =>
    fc.oneof(
      { weight: 9, arbitrary: MADE_BY_CLIENT.has(name) ? fc.uuid({ version: 4 }) : valueOf(schema, POOL, refs, name) },
      { weight: 1, arbitrary: fc.constantFrom(...SEGMENTS) },
    ),
  )
  return fc.tuple(...values).map((all) => params.reduce((text, { name }, i) => text.replace(`{${name}}`, encodeURI(textOf(all[i]))), path))
}

const queryOf = ({ operation }: Described, refs: Record<string, Schema>): Arbitrary<string> => {
  const params = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const values = params.map(({ name, schema = {}, required }) => {
    const good = valueOf(schema, POOL, refs, name)
    const one = fc.oneof(
      { weight: 8, arbitrary: good },
      { weight: 1, arbitrary: fc.constantFrom('', '-1', '1e9', 'x'.repeat(500), '\u0000', '[]') },
    )
    return required ? one : fc.option(one, { nil: undefined, freq: 2 }) // every other time
  })
  const extra = seldom(12, ['inconnu', '1'], ['apres', 'eyJhIjoxfQ'], ['taille', '1000'], ['__proto__', '1'])
  return fc.tuple(fc.tuple(...values), extra).map(([all, more]) => {
    const search = new URLSearchParams()
    params.forEach(({ name }, i) => void (all[i] === undefined || search.append(name, textOf(all[i]))))
    if (more) search.append(more[0]!, more[1]!)
    const text = search.toString()
    return text && `?${text}`
  })
}

type Body = { type: string | undefined; text: string | undefined }
const json = (value: unknown): Body => ({ type: 'application/json', text: JSON.stringify(value) })

const bodyOf = ({ operation, method }: Described, refs: Record<string, Schema>): Arbitrary<Body> => {
  const media = operation.requestBody?.content['application/json']
  if (operation.requestBody && !media) return fc.constantFrom<Body>(...FILES, ...RAW_BODIES)
  if (!media)
    return fc.oneof(
      { weight: 15, arbitrary: fc.constant<Body>({ type: undefined, text: undefined }) },
      { weight: method === 'GET' ? 0 : 1, arbitrary: fc.constantFrom<Body>(json({ inconnu: 1 }), ...RAW_BODIES) },
    )
  const made = fc.oneof(fc.constant(media.example), valueOf(media.schema ?? {}, POOL, refs))
  return fc.oneof(
    { weight: 9, arbitrary: made.map(json) },
    { weight: 9, arbitrary: made.chain(oneWrong).map(json) },
    { weight: 2, arbitrary: fc.constantFrom<Body>(...RAW_BODIES) },
  )
}

/** The same key twice: the second call replays the first, or is refused. */
const KEYS_TWICE = Array.from({ length: 8 }, (_, i) => `0192d1c0-0000-7000-8000-ffffffff000${i}`)

const headersOf = (): Arbitrary<Record<string, string>> =>
  fc
    .record({
      key: fc.oneof(
        { weight: 16, arbitrary: fc.uuid() },
        { weight: 2, arbitrary: fc.constantFrom(...KEYS_TWICE) },
        { weight: 1, arbitrary: fc.constantFrom('', 'x', '0') },
      ),
      adhesion: seldom(20, ...POOL.ids.slice(0, 5), 'autre'),
      origin: seldom(40, 'https://ailleurs.exemple', 'null'),
      etag: seldom(40, '*', '"a"'),
    })
    .map(({ key, adhesion, origin, etag }) => ({
      ...(key && { 'idempotency-key': key }),
      ...(adhesion && { 'x-adhesion': adhesion }),
      ...(origin && { origin }),
      ...(etag && { 'if-none-match': etag }),
    }))

/** Two calls of three by somebody who may: what lies behind the droit is looked at too. */
const whoFor = ({ operation }: Described): Arbitrary<Who> => {
  const roles: readonly string[] = (DROITS as Record<string, readonly string[]>)[operation['x-droit']] ?? []
  const may = WHO.filter((who) => (operation['x-droit'] === 'public' ? true : roles.includes(ids.PEOPLE[who as ids.PersonKey]?.role)))
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...may) },
    { weight: 2, arbitrary: fc.constantFrom(...WHO) },
    { weight: 1, arbitrary: fc.constantFrom(...STRANGERS) },
  )
}

/** The calls of an operation, as everyone, right and wrong. */
const callOf = (described: Described, refs: Record<string, Schema>): Arbitrary<Request> =>
  fc
    .record({
      who: whoFor(described),
      path: pathOf(described, refs),
      query: queryOf(described, refs),
      body: bodyOf(described, refs),
      headers: headersOf(),
    })
    .map(({ who, path, query, body, headers }) => ({
      name: described.operation.operationId,
      who,
      method: described.method,
      path: path + query,
      headers: { ...headers, ...(body.text !== undefined && body.type !== undefined && { 'content-type': body.type }) },
      body: body.text,
    }))

/** The clock is everybody's, and argon2 takes a core: the first is left to the walks, the other is rare. */
const RARE = new Map([
  ['moveClock', 0],
  ['signIn', 0.3],
  ['takeGuichet', 0.3],
  ['drawMaquette', 0.3],
])

/** The n-th call of a seed: always the same one. */
export const requestsOf = (document: Document, seed: number) => {
  const refs = document.components?.schemas ?? {}
  const operations = describedIn(document)
  const calls = new Map(operations.map((described) => [described.operation.operationId, callOf(described, refs)]))
  return (rank: number): Request => {
    const [turn] = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed: seed ^ (rank * 7919), numRuns: 1 })
    let at = rank
    // every operation in turn, the rare ones when their turn comes up
    while ((RARE.get(operations[at % operations.length]!.operation.operationId) ?? 1) <= turn! && at < rank + operations.length) at++
    const name = operations[at % operations.length]!.operation.operationId
    return fc.sample(calls.get(name)!, { seed: (seed * 1_000_003 + rank) | 0, numRuns: 1 })[0]!
  }
}
