import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareProbes, probes, probeRoutes } from '../test/probe.ts'
import { createWorld, type World } from '../test/world.ts'
import { BadSetting, readConfig } from './config.ts'
import { createPool } from './platform/db.ts'
import { contentDisposition } from './platform/files.ts'
import { needPlainRole, WrongRole } from './platform/role-check.ts'
import { loadSecrets, MissingSecrets } from './platform/secrets.ts'
import { MODULES, ROUTES } from './registry.ts'
import { buildServer } from './server.ts'

let world: World
const folder = mkdtempSync(join(tmpdir(), 'pass-apps-'))
beforeAll(async () => {
  world = await createWorld({ modules: [...MODULES, probes], prepare: prepareProbes })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.close()
})

const inject = (url: string, headers = {}) => world.app.inject({ url, headers })

test('every answer of the API carries the security headers and is never stored', async () => {
  for (const path of ['/api/session', '/api/rien', '/api/sondes/publiques']) {
    const { headers } = await inject(path)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
    })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test('a public route answers without a session, as the role of the public', async () => {
  const response = await inject('/api/sondes/publiques')
  expect([response.statusCode, response.json().n > 0]).toEqual([200, true])
})

test('the service tells its health, within half a second even when every connection is taken', async () => {
  expect((await inject('/api/sante')).json()).toEqual({ etat: 'ok', base: 'repond' })
  const clients = await Promise.all(Array.from({ length: 5 }, () => world.deps.pool.connect()))
  const t0 = performance.now()
  const response = await inject('/api/sante')
  const elapsed = performance.now() - t0
  for (const client of clients) client.release()
  expect([response.statusCode, response.json().base]).toEqual([200, 'occupee'])
  expect(elapsed).toBeLessThan(600)
})

type Operation = {
  operationId: string
  summary: string
  requestBody?: { content: Record<string, { example?: unknown }> }
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>
  'x-droit': string
  'x-refus': string[]
}

test('OpenAPI 3.1 tells every route: summary, droit, refusals, example', async () => {
  const response = await inject('/api/openapi.json')
  const document = response.json()
  expect([response.statusCode, document.openapi]).toEqual([200, '3.1.0'])
  const operations = Object.values(document.paths as Record<string, Record<string, Operation>>).flatMap((path) => Object.values(path))
  const names = [...Object.keys(ROUTES), ...Object.keys(probeRoutes)]
  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(names.toSorted())
  for (const operation of operations) {
    expect(operation.summary).toMatch(/^[A-ZÀ-Ý]/)
    expect(operation['x-droit']).toBeTruthy()
    for (const media of Object.values(operation.requestBody?.content ?? {})) expect(media.example).toBeDefined()
    const [status, success] = Object.entries(operation.responses).find(([code]) => /^[23]/.test(code))!
    if (status !== '303')
      expect(success.content?.['application/json']?.example ?? success.content?.['application/octet-stream']).toBeDefined()
    expect(operation.responses['400']!.content).toHaveProperty(['application/problem+json'])
  }
  expect(operations.find(({ operationId }) => operationId === 'actOnProbe')!['x-refus']).toEqual([
    'convention_statut',
    'cle_reutilisee',
    'en_cours',
    'organisation_changee',
  ])
  expect(document.components.schemas.Problem.properties).toHaveProperty('requestId')
})

test('the examples of the documentation are accepted by their own routes', async () => {
  const response = await world.as('collectivite.gestionnaire').post('/sondes', probeRoutes.createProbe.example)
  expect(response.statusCode).toBe(201)
})

test('the reading page of the API asks nothing from outside', async () => {
  const page = await inject('/api/docs/')
  expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.body).not.toMatch(/https?:\/\//)
  expect(page.headers['content-security-policy']).toContain("script-src 'self';")
})

test('the built apps are served: pages never kept, assets kept a year, nothing outside their folder', async () => {
  for (const app of ['public', 'collectivite']) {
    mkdirSync(join(folder, app, 'dist/assets'), { recursive: true })
    writeFileSync(join(folder, app, 'index.html'), '')
    writeFileSync(join(folder, app, 'dist/index.html'), `<p>${app}</p>`)
    writeFileSync(join(folder, app, 'dist/assets/index-a1b2.js'), 'export {}')
    writeFileSync(join(folder, app, 'dist/favicon.svg'), '<svg/>')
  }
  const app = await buildServer({ ...world.deps, config: { ...world.deps.config, appsDir: folder } })
  const get = async (url: string) => {
    const { statusCode, body, headers } = await app.inject(url)
    return [statusCode, body.slice(0, 20), headers['cache-control']]
  }
  expect(await get('/')).toEqual([200, '<p>public</p>', 'no-cache'])
  expect(await get('/connexion?a=1')).toEqual([200, '<p>public</p>', 'no-cache'])
  expect(await get('/collectivite')).toEqual([200, '<p>collectivite</p>', 'no-cache'])
  expect(await get('/collectivite/commandes/12')).toEqual([200, '<p>collectivite</p>', 'no-cache'])
  expect(await get('/collectivite/assets/index-a1b2.js')).toEqual([200, 'export {}', 'public, max-age=31536000, immutable'])
  expect(await get('/favicon.svg')).toEqual([200, '<svg/>', 'no-cache'])
  for (const url of [
    '/assets/absent.js',
    '/collectivite/../collectivite/index.html.bak',
    '/..%2f..%2fetc%2fpasswd',
    '/collectivite/%2e%2e/%2e%2e/index.js',
    '/api/absent',
    '/public/dist/secret.txt',
  ])
    expect([url, (await app.inject(url)).statusCode]).toEqual([url, 404])
  expect((await app.inject('/')).headers['content-security-policy']).toContain("default-src 'self'")
  await app.close()
})

test('a file’s name can be read by any system', () => {
  expect(contentDisposition('../../etc/passwd', 'text/csv')).toBe(`attachment; filename="-..-etc-passwd"; filename*=UTF-8''-..-etc-passwd`)
  expect(contentDisposition('relevé\r\nX: 1.pdf', 'application/pdf')).toBe(
    `inline; filename="releveX- 1.pdf"; filename*=UTF-8''relev%C3%A9X-%201.pdf`,
  )
  expect(contentDisposition('', 'text/csv')).toContain('"fichier"')
})

test('the server refuses to start as superuser or as the owner of the tables', async () => {
  for (const url of [world.urls.superuserUrl, world.urls.ownerUrl]) {
    const pool = createPool(url, { max: 1 })
    await expect(needPlainRole(pool)).rejects.toThrow(WrongRole)
    await expect(needPlainRole(pool)).rejects.toThrow(/refuse de démarrer/)
    await pool.end()
  }
  await needPlainRole(world.deps.pool)
})

test('settings: production takes neither DEMO nor CLOCK, and wants its keys', () => {
  const env = { DATABASE_URL: 'postgresql://app@localhost/pass' }
  expect(readConfig({ ...env, DEMO: '1', CLOCK: '+3d' })).toMatchObject({ demo: true, clock: '+3d', port: 3000, production: false })
  const production = { ...env, NODE_ENV: 'production', SECRETS_DIR: '/etc/pass', FILES_DIR: '/srv/pass' }
  expect(readConfig(production).production).toBe(true)
  for (const wrong of [
    { ...production, DEMO: '1' },
    { ...production, CLOCK: '+3d' },
    { ...production, SECRETS_DIR: '' },
    { ...production, FILES_DIR: '' },
    {},
    { ...env, PORT: 'abc' },
    { ...env, CLOCK: 'demain' },
  ])
    expect(() => readConfig(wrong)).toThrow(BadSetting)
})

test('keys are made once, readable by their owner alone, and never in production', () => {
  const dir = join(folder, randomUUID())
  expect(() => loadSecrets(dir, false)).toThrow(MissingSecrets)
  const made = loadSecrets(dir, true)
  const again = loadSecrets(dir, false)
  expect(again.codeLookup.key.equals(made.codeLookup.key)).toBe(true)
  expect(statSync(join(dir, 'code-lookup.key')).mode & 0o777).toBe(0o600)
})
