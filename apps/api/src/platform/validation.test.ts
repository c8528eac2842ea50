import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareProbes, probes } from '../../test/probe.ts'
import { createWorld, type World } from '../../test/world.ts'
import { MODULES } from '../registry.ts'
import { frenchIssue } from './french-issues.ts'

let world: World
const T1 = 'collectivite.gestionnaire'
const valid = () => ({ id: randomUUID(), nom: 'Sonde', fois: 1, lignes: [{ texte: 'a' }] })

beforeAll(async () => {
  world = await createWorld({ modules: [...MODULES, probes], prepare: prepareProbes })
})
afterAll(() => world.close())

const post = (
  payload: string | object | undefined,
  headers: Record<string, string> = { 'content-type': 'application/json' },
  path = '/sondes',
) =>
  world
    .as(T1)
    .cookie()
    .then((cookie) =>
      world.app.inject({
        method: 'POST',
        url: `/api${path}`,
        headers: { cookie, 'idempotency-key': randomUUID(), ...headers },
        ...(payload !== undefined && { payload }),
      }),
    )
const sondes = async () => (await world.sql.query('select count(*)::int as n from sonde')).rows[0].n

test.each([
  ['a NUL', { ...valid(), nom: 'a\u0000b' }, 'nom'],
  ['half a surrogate pair', { ...valid(), nom: 'a\ud800b' }, 'nom'],
  ['a NUL deep inside', { ...valid(), lignes: [{ texte: '\u0000' }] }, 'lignes.0.texte'],
  ['an unknown field', { ...valid(), admin: true }, ''],
  ['an unknown field deep inside', { ...valid(), lignes: [{ texte: 'a', prix: 1 }] }, 'lignes.0'],
  ['a text for a number', { ...valid(), fois: '1' }, 'fois'],
  ['a number for a text', { ...valid(), nom: 12 }, 'nom'],
  ['a number beyond its column', { ...valid(), fois: 2_147_483_648 }, 'fois'],
  ['a number that is not whole', { ...valid(), fois: 1.5 }, 'fois'],
  ['a negative number', { ...valid(), fois: -1 }, 'fois'],
  ['a missing field', { nom: 'Sonde' }, 'id'],
  ['null', { ...valid(), nom: null }, 'nom'],
  ['a text that is too long', { ...valid(), nom: 'a'.repeat(41) }, 'nom'],
  ['an identifier that is none', { ...valid(), id: '12' }, 'id'],
  ['a list that is none', { ...valid(), lignes: 'a' }, 'lignes'],
  ['a list that is too long', { ...valid(), lignes: Array.from({ length: 6 }, () => ({ texte: 'a' })) }, 'lignes'],
  ['an array for an object', [valid()], ''],
  ['deep nesting', JSON.parse(`${'{"lignes":['.repeat(30)}${']}'.repeat(30)}`), 'lignes.0.lignes.0.lignes.0.lignes.0.lignes.0.lignes.0'],
])('%s is 400 with its field named in French', async (_, payload, chemin) => {
  const before = await sondes()
  const response = await post(JSON.stringify(payload))
  const problem = response.json()
  expect([response.statusCode, problem.code, response.headers['content-type']]).toEqual([
    400,
    'demande_malformee',
    'application/problem+json; charset=utf-8',
  ])
  expect(problem.erreurs[0].chemin).toBe(chemin)
  for (const { message } of problem.erreurs) expect(message).not.toMatch(/invalid|expected|received|too big|too small|required/i)
  expect(await sondes()).toBe(before)
})

test.each([
  ['no body', undefined, {}],
  ['an empty body', '', { 'content-type': 'application/json' }],
  ['null', 'null', { 'content-type': 'application/json' }],
  ['a bare text', '"texte"', { 'content-type': 'application/json' }],
  ['half a JSON', '{"id":', { 'content-type': 'application/json' }],
  ['a huge number', '{"id":"0192d1c0-0000-7000-8000-000000000001","nom":"Sonde","fois":1e400}', { 'content-type': 'application/json' }],
  ['a prototype', '{"__proto__":{"a":1},"nom":"Sonde"}', { 'content-type': 'application/json' }],
  ['another type', 'id=1&nom=a', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['text', 'bonjour', { 'content-type': 'text/plain' }],
  ['more than 64 KiB', JSON.stringify({ nom: 'a'.repeat(70_000) }), { 'content-type': 'application/json' }],
])('%s is 400, never 413, 415 or 500', async (_, payload, headers) => {
  const response = await post(payload, headers)
  expect([response.statusCode, response.json().code]).toEqual([400, 'demande_malformee'])
  expect(response.json().message).toMatch(/^[A-ZÀ-Ý].*\.$/)
})

test('a refused form is journaled, and its key may be used again with the right one', async () => {
  const key = randomUUID()
  const id = randomUUID()
  expect((await world.as(T1).post('/sondes', { id, nom: '' }, { key })).statusCode).toBe(400)
  expect((await world.as(T1).post('/sondes', { id, nom: 'Reprise' }, { key })).statusCode).toBe(201)
  const { rows } = await world.sql.query(
    "select statut, code from audit_event where action = 'createProbe' and objet->>'id' = $1 order by id",
    [id],
  )
  expect(rows).toEqual([
    { statut: 400, code: 'demande_malformee' },
    { statut: 201, code: null },
  ])
})

test('texts are kept in NFC, and the schema’s own sentence wins', async () => {
  const response = await post({ ...valid(), nom: 'Ecole\u0301 e\u0301' })
  expect(response.json().nom).toBe('Ecol\u00e9 \u00e9')
  expect((await post({ ...valid(), nom: 'a' })).json().erreurs).toEqual([{ chemin: 'nom', message: 'Donnez un nom.' }])
})

test('the query is read from its text; what it does not know is refused', async () => {
  const asked = async (query: string) => world.as(T1).get(`/sondes?${query}`)
  expect(JSON.parse((await asked('taille=25&actif=false&noms=a&noms=b')).json().query)).toEqual({
    taille: 25,
    actif: false,
    noms: ['a', 'b'],
  })
  expect(JSON.parse((await asked('noms=12')).json().query)).toEqual({ noms: ['12'] })
  for (const query of [
    'taille=12',
    'taille=',
    'taille=abc',
    'taille=1e400',
    'taille=10&taille=25',
    'actif=oui',
    'inconnu=1',
    'noms=%00',
    '__proto__=1',
  ])
    expect([query, (await asked(query)).statusCode]).toEqual([query, 400])
})

test('a path that is not an identifier, or that nobody can read, is 400; an unknown one is 404', async () => {
  const statuses = await Promise.all(
    ['/sondes/12', '/sondes/%00', '/sondes/%E0%A4%A', `/sondes/${'a'.repeat(500)}`, '/rien'].map(
      async (path) => (await world.as(T1).get(path)).statusCode,
    ),
  )
  expect(statuses).toEqual([400, 400, 400, 404, 404])
})

test('a stranger learns 401 or 403, never the shape of what they may not do', async () => {
  for (const path of ['/sondes', '/sondes/compte']) {
    const anonymous = await world.anonymous().post(path, { n: 'importe' })
    expect([path, anonymous.statusCode, anonymous.json().code]).toEqual([path, 401, 'non_connecte'])
    const reader = await world.as('collectivite.lecteur').post(path, { n: 'importe' })
    expect([path, reader.statusCode, reader.json().code]).toEqual([path, 403, 'droit_absent'])
  }
  const { rows } = await world.sql.query(
    "select count(*)::int as n from audit_event where action = 'createProbe' and statut = 403 and role = 'collectivite.lecteur'",
  )
  expect(rows[0].n).toBe(1)
})

test('a malformed JSON to a statement route is 401 for a stranger and 400 for its user', async () => {
  const headers = { 'content-type': 'application/json' }
  expect((await world.app.inject({ method: 'POST', url: '/api/sondes/compte', headers, payload: '{' })).statusCode).toBe(401)
  expect((await post('{', headers, '/sondes/compte')).statusCode).toBe(400)
})

test('a refused answer has all its fields', async () => {
  const response = await world.as(T1).get('/sondes/12')
  expect(response.json()).toEqual({
    type: 'urn:pass-numerique:demande_malformee',
    title: 'Demande incorrecte',
    status: 400,
    code: 'demande_malformee',
    message: 'L’identifiant n’est pas au bon format. Exemple\u00a0: 0192d1c0-0000-7000-8000-000000000001.',
    requestId: response.headers['x-request-id'],
    erreurs: [
      { chemin: 'sondeId', message: 'L’identifiant n’est pas au bon format. Exemple\u00a0: 0192d1c0-0000-7000-8000-000000000001.' },
    ],
  })
})

test('every kind of issue has its French sentence', () => {
  const codes = [
    'invalid_type',
    'too_small',
    'too_big',
    'invalid_format',
    'not_multiple_of',
    'invalid_value',
    'unrecognized_keys',
    'invalid_union',
    'invalid_key',
    'invalid_element',
    'custom',
  ]
  const base = {
    input: 'x',
    origin: 'string',
    minimum: 3,
    maximum: 3,
    format: 'regex',
    divisor: 5,
    values: ['a', 'b'],
    keys: ['k'],
    expected: 'string',
  }
  const sentences = codes.map((code) => frenchIssue({ ...base, code } as unknown as Parameters<typeof frenchIssue>[0]))
  expect(sentences.every((sentence) => /^[A-ZÀ-Ý].*\.$/.test(sentence))).toBe(true)
  expect(new Set(sentences).size).toBe(codes.length)
})
