// What comes back from ProConnect and is not believed.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser, PUBLIC_URL, refusal, startTestProvider, type TestProvider } from '../../../test/proconnect.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { PROCONNECT_COOKIE, SESSION_COOKIE } from './tokens.ts'

let provider: TestProvider
let world: World
beforeAll(async () => {
  provider = await startTestProvider()
  world = await createWorld({ config: { proconnect: provider.settings, publicUrl: PUBLIC_URL } })
})
afterAll(async () => {
  await world.close()
  await provider.close()
})

const CAMILLE = 'collectivite-gestionnaire@exemple.fr'
const browser = () => openBrowser(world, provider)

test('a wrong state, another browser, a second return: none of them comes in', async () => {
  const camille = browser()
  const wrong = await camille.choose((await camille.leave()).vers, CAMILLE)
  wrong.searchParams.set('state', 'x'.repeat(wrong.searchParams.get('state')!.length))
  expect(await camille.back(wrong)).toEqual(refusal('etat_invalide'))

  const url = await camille.choose((await camille.leave()).vers, CAMILLE)
  const other = browser()
  expect(await other.back(url)).toEqual(refusal('etat_invalide'))
  await other.leave()
  expect(await other.back(url)).toEqual(refusal('etat_invalide'))
  expect(other.ours.has(SESSION_COOKIE)).toBe(false)

  const cookie = camille.ours.get(PROCONNECT_COOKIE)!
  expect((await camille.back(url)).vers).toBe('/collectivite/')
  camille.ours.set(PROCONNECT_COOKIE, cookie)
  expect(await camille.back(url)).toEqual(refusal('etat_invalide'))
})

test('a nonce or a verifier that is not the one sent: refused', async () => {
  for (const [column, motif] of [
    ['nonce', 'nonce_invalide'],
    ['verifieur', 'code_expire'], // the provider answers invalid_grant
  ] as const) {
    const camille = browser()
    const url = await camille.choose((await camille.leave()).vers, CAMILLE)
    await world.sql.query(`update door.proconnect set ${column} = repeat('a', 43)`)
    expect([column, await camille.back(url)]).toEqual([column, refusal(motif)])
    expect(camille.ours.has(SESSION_COOKIE)).toBe(false)
  }
})

/** The payload of a signed token, changed, under the same signature. */
const forged = (token: string, change: Record<string, unknown>) => {
  const [header, payload, signature] = token.split('.')
  const claims = { ...JSON.parse(Buffer.from(payload!, 'base64url').toString()), ...change }
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
}

test.each<[string, string, (body: string) => [string, string]]>([
  ['a userinfo without a signature', '/me', (jwt) => [Buffer.from(jwt.split('.')[1]!, 'base64url').toString(), 'application/json']],
  ['a userinfo changed on the way', '/me', (jwt) => [forged(jwt, { siret: '20003318700014' }), 'application/jwt']],
  [
    'an identity token changed on the way',
    '/token',
    (json) => {
      const tokens = JSON.parse(json)
      return [JSON.stringify({ ...tokens, id_token: forged(tokens.id_token, { acr: 'eidas3' }) }), 'application/json']
    },
  ],
])('%s is refused', async (_, path, change) => {
  const camille = browser()
  const url = await camille.choose((await camille.leave()).vers, CAMILLE)
  const real = globalThis.fetch
  let met = 0
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const response = await real(input, init)
    if (new URL(input instanceof Request ? input.url : input).pathname !== path) return response
    met++
    const [body, type] = change(await response.text())
    return new Response(body, { status: response.status, headers: { 'content-type': type } })
  })
  try {
    expect(await camille.back(url)).toEqual(refusal('reponse_invalide'))
  } finally {
    vi.restoreAllMocks()
  }
  expect(met).toBe(1)
  expect(camille.ours.has(SESSION_COOKIE)).toBe(false)
})

test('ten minutes on the way are too many', async () => {
  const camille = browser()
  const url = await camille.choose((await camille.leave()).vers, CAMILLE)
  await world.sql.query("update door.proconnect set created_at = now() - interval '10 minutes 1 second'")
  expect(await camille.back(url)).toEqual(refusal('code_expire'))
})

test('a return with an error, or with nothing, has its own sentence', async () => {
  for (const [parameters, motif] of [
    [{ error: 'access_denied' }, 'annulee'],
    [{ error: 'server_error' }, 'fournisseur_indisponible'],
    [{ error: 'invalid_scope' }, 'reponse_invalide'],
    [{}, 'reponse_invalide'],
    [{ code: 'n-importe-quoi' }, 'reponse_invalide'], // without `iss`
    [{ code: 'n-importe-quoi', iss: 'https://ailleurs.fr' }, 'reponse_invalide'],
  ] as [Record<string, string>, string][]) {
    const camille = browser()
    const state = new URL((await camille.leave()).vers).searchParams.get('state')!
    const url = new URL(
      `${PUBLIC_URL}/api/session/proconnect/retour?${new URLSearchParams({ iss: provider.issuer, state, ...parameters }).toString()}`,
    )
    if (parameters.code && !parameters.iss) url.searchParams.delete('iss')
    expect([parameters, await camille.back(url)]).toEqual([parameters, refusal(motif)])
  }
})

test('an expired code is said so', async () => {
  const short = await startTestProvider({ codeSeconds: 1 })
  const other = await createWorld({ config: { proconnect: short.settings, publicUrl: PUBLIC_URL } })
  try {
    const camille = openBrowser(other, short)
    const url = await camille.choose((await camille.leave()).vers, CAMILLE)
    await sleep(2100)
    expect(await camille.back(url)).toEqual(refusal('code_expire'))
  } finally {
    await other.close()
    await short.close()
  }
})

test('a provider that is down has its own sentence, never a 500; back up, with other keys, it serves again', async () => {
  let own = await startTestProvider()
  const other = await createWorld({ config: { proconnect: own.settings, publicUrl: PUBLIC_URL } })
  try {
    const { port } = own
    await own.close()
    expect(await openBrowser(other, own).leave()).toEqual(refusal('fournisseur_indisponible'))
    own = await startTestProvider({ port })
    const camille = openBrowser(other, own)
    const url = await camille.choose((await camille.leave()).vers, CAMILLE)
    await own.close()
    expect(await camille.back(url)).toEqual(refusal('fournisseur_indisponible'))
    own = await startTestProvider({ port })
    const back = openBrowser(other, own)
    expect((await back.signIn(CAMILLE)).vers).toBe('/collectivite/')
    // signing out does not wait for it
    await own.close()
    expect((await back.call('DELETE', '/api/session')).statusCode).toBe(200)
  } finally {
    await other.close()
    await own.close()
  }
})

test('where ProConnect is not set, leaving says so', async () => {
  const none = await createWorld()
  try {
    expect((await none.anonymous().get('/session/proconnect')).headers.location).toBe('/connexion/refus?motif=fournisseur_indisponible')
  } finally {
    await none.close()
  }
})
