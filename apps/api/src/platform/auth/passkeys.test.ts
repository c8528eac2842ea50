import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORG } from '../../../../../prisma/seed/base/ids.ts'
import { type Authenticator, type Gesture, newAuthenticator } from '../../../test/authenticator.ts'
import { cookiesOf, newPerson } from '../../../test/new-person.ts'
import { createWorld, type Person, type World } from '../../../test/world.ts'
import { SESSION_COOKIE } from './tokens.ts'

let world: World
const ORIGIN = 'https://pass.exemple.fr'
beforeAll(async () => {
  world = await createWorld({ config: { publicUrl: ORIGIN } })
})
afterAll(() => world.close())

const challengeNew = async (person: Person) => (await world.as(person).post('/moi/passkeys/defi')).json()
const add = async (person: Person, authenticator: Authenticator, gesture: Gesture = {}, nom = 'Téléphone') => {
  const { defiId, options } = await challengeNew(person)
  return world.as(person).post('/moi/passkeys', { defiId, nom, reponse: authenticator.register(options, gesture) })
}
/** Somebody with a passkey. */
const holder = async (role?: string, shared = false) => {
  const [person] = await newPerson(world, [ORG.t1], role)
  const authenticator = newAuthenticator(ORIGIN, { shared })
  expect((await add(person!, authenticator)).statusCode).toBe(201)
  return { person: person!, authenticator }
}
const challenge = async () => (await world.anonymous().post('/session/passkey/defi')).json()
const send = (defiId: string, reponse: object) => world.anonymous().post('/session/passkey', { defiId, reponse })
const signIn = async (authenticator: Authenticator, gesture: Gesture = {}) => {
  const { defiId, options } = await challenge()
  return send(defiId, authenticator.answer(options, gesture))
}
const REFUSED = { status: 409, code: 'preuve_refusee' }

test('a passkey signs in alone, and the session is whole', async () => {
  const { person, authenticator } = await holder()
  const { defiId, options } = await challenge()
  expect(options).toMatchObject({ rpId: 'pass.exemple.fr', userVerification: 'required' })
  expect(options.allowCredentials ?? []).toEqual([]) // nobody is known yet
  const response = await send(defiId, authenticator.answer(options))
  expect([response.statusCode, response.json().utilisateur.id]).toEqual([201, person.utilisateurId])
  expect(response.json().secondFacteur).toEqual({ requis: true, prouve: true, methodes: ['passkey'] })
  expect(response.json().preuve).toEqual({ restantSecondes: 600, methodes: ['passkey'] })
  const cookie = cookiesOf(response)[SESSION_COOKIE]!
  expect((await world.anonymous().get('/moi', { headers: { cookie } })).json()).toMatchObject({
    passkeys: [{ nom: 'Téléphone', utiliseeAt: expect.any(String) }],
    facteurs: ['passkey'],
  })
})

test('the options of a new key ask for one that looks at its holder, found by itself at sign-in', async () => {
  const { person, authenticator } = await holder()
  const { options } = await challengeNew(person)
  expect(options).toMatchObject({
    rp: { id: 'pass.exemple.fr' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: [{ id: authenticator.id }],
  })
})

const WRONG: [string, Gesture][] = [
  ['another challenge', { challenge: Buffer.alloc(32, 1).toString('base64url') }],
  ['another site', { origin: 'https://pass.exemple.fr.ailleurs.fr' }],
  ['another port', { origin: 'https://pass.exemple.fr:8443' }],
  ['the site in clear', { origin: 'http://pass.exemple.fr' }],
  ['a key bound to another name', { rpId: 'exemple.fr' }],
  ['a holder who was not looked at', { verified: false }],
  ['a registration played as a sign-in', { type: 'webauthn.create' }],
  ['a forged signature', { forged: true }],
  ['no holder', { userHandle: undefined }],
  ['another holder', { userHandle: Buffer.from(randomUUID()).toString('base64url') }],
]
test.each(WRONG)('%s is refused, in the words of an unknown key', async (_, gesture) => {
  const { authenticator } = await holder()
  const refused = await signIn(authenticator, gesture)
  const unknown = await signIn(newAuthenticator(ORIGIN), { userHandle: 'AAAA' })
  expect(refused.json()).toMatchObject(REFUSED)
  expect(refused.headers['set-cookie']).toBeUndefined()
  const { requestId: _one, instance: _two, ...body } = refused.json()
  const { requestId: _three, instance: _four, ...other } = unknown.json()
  expect(body).toEqual(other)
  // the same key, used well, still opens
  expect((await signIn(authenticator)).statusCode).toBe(201)
})

test('a challenge serves once: not replayed, not by twins, not after a refusal', async () => {
  const { authenticator } = await holder(undefined, true)
  const first = await challenge()
  const reponse = authenticator.answer(first.options)
  expect((await send(first.defiId, reponse)).statusCode).toBe(201)
  expect((await send(first.defiId, reponse)).json()).toMatchObject(REFUSED)
  const second = await challenge()
  const twins = await Promise.all(Array.from({ length: 10 }, () => send(second.defiId, authenticator.answer(second.options))))
  expect(twins.filter(({ statusCode }) => statusCode === 201).length).toBe(1)
  const third = await challenge()
  expect((await send(third.defiId, authenticator.answer(third.options, { forged: true }))).statusCode).toBe(409)
  expect((await send(third.defiId, authenticator.answer(third.options))).json()).toMatchObject(REFUSED)
})

test('a challenge lives five minutes', async () => {
  const { authenticator } = await holder(undefined, true)
  const old = await challenge()
  await world.sql.query("update door.defi set created_at = now() - interval '5 minutes 1 second' where id = $1", [old.defiId])
  expect((await send(old.defiId, authenticator.answer(old.options))).json()).toMatchObject(REFUSED)
  await challenge() // whoever comes next sweeps
  expect((await world.sql.query('select 1 from door.defi where id = $1', [old.defiId])).rows).toEqual([])
})

test('a counter that goes back is a copied key; one that is shared always says 0', async () => {
  const { authenticator } = await holder()
  expect((await signIn(authenticator, { counter: 7 })).statusCode).toBe(201)
  for (const counter of [7, 6, 0]) expect((await signIn(authenticator, { counter })).json()).toMatchObject(REFUSED)
  expect((await signIn(authenticator, { counter: 8 })).statusCode).toBe(201)
  const twins = await Promise.all(Array.from({ length: 5 }, () => signIn(authenticator, { counter: 9 })))
  expect(twins.filter(({ statusCode }) => statusCode === 201).length).toBe(1)
  const shared = await holder(undefined, true)
  expect((await signIn(shared.authenticator)).statusCode).toBe(201)
  expect((await signIn(shared.authenticator)).statusCode).toBe(201)
})

test('a disabled person’s key opens nothing, in the same words', async () => {
  const { person, authenticator } = await holder()
  await world.sql.query('update utilisateur set desactive_at = now() where id = $1', [person.utilisateurId])
  expect((await signIn(authenticator)).json()).toMatchObject(REFUSED)
})

test('a key is added by its own challenge only: not that of a proof, of a sign-in, nor of somebody else', async () => {
  const { person } = await holder()
  const other = await holder()
  const authenticator = newAuthenticator(ORIGIN)
  const made = await challengeNew(person)
  const keep = (defiId: string, defi: string) =>
    world.as(person).post('/moi/passkeys', { defiId, nom: 'Volée', reponse: authenticator.register({ ...made.options, challenge: defi }) })
  for (const { defiId, options } of [
    (await world.as(person).post('/session/preuve/defi')).json(),
    await challenge(),
    await challengeNew(other.person),
  ])
    expect((await keep(defiId, options.challenge)).json()).toMatchObject(REFUSED)
  for (const gesture of [{ origin: 'https://ailleurs.fr' }, { rpId: 'ailleurs.fr' }, { verified: false }, { type: 'webauthn.get' }])
    expect((await add(person, newAuthenticator(ORIGIN), gesture)).json()).toMatchObject(REFUSED)
  expect((await keep(made.defiId, made.options.challenge)).statusCode).toBe(201)
  expect((await keep(made.defiId, made.options.challenge)).json()).toMatchObject(REFUSED)
})

test('a key registered already, here or elsewhere, is not taken twice', async () => {
  const { authenticator } = await holder()
  const other = await holder()
  expect((await add(other.person, authenticator)).json()).toMatchObject({ status: 409, code: 'deja_enregistre' })
})

test('adding a key asks for a fresh proof', async () => {
  const [person] = await newPerson(world, [ORG.t1])
  const response = await world.asWith(person!, { preuve: false }).post('/moi/passkeys/defi')
  expect(response.json()).toMatchObject({ status: 403, code: 'preuve_requise' })
})
