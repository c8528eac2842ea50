import { generateSync } from 'otplib'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { BORDEREAU, IMPRESSION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { PASSWORD } from '../../../../../prisma/seed/base/people.ts'
import { newAuthenticator } from '../../../test/authenticator.ts'
import { courrielOf, newBrowser, newPerson } from '../../../test/new-person.ts'
import { type Mailbox, openMailbox } from '../../../test/mailbox.ts'
import { type Caller, createWorld, type Person, type Proved, type World } from '../../../test/world.ts'
import { hashCode } from './proofs.ts'
import { spendTotp } from './totp.ts'

let world: World
let mailbox: Mailbox
const ORIGIN = 'https://pass.exemple.fr'
const BARE: Proved = { secondFacteur: false, preuve: false }
const START = Date.parse('2026-06-01T08:00:00.000Z')
beforeAll(async () => {
  mailbox = await openMailbox()
  world = await createWorld({ config: { ...mailbox.config, publicUrl: ORIGIN } })
})
afterAll(async () => {
  await world.close()
  await mailbox.close()
})
// applications of codes follow the machine's time, not the world's clock
const machineAt = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: START + seconds * 1000 })
afterEach(() => void vi.useRealTimers())

const oneOf = async (role = 'collectivite.lecteur', organisation: string = ORG.t1) => (await newPerson(world, [organisation], role))[0]!

/** Gives the person an application of codes; what it shows so many seconds after START. */
const withTotp = async (person: Person) => {
  machineAt(0)
  const secret = (await world.as(person).post('/moi/totp')).json().secret.replaceAll(' ', '') as string
  const codeAt = (seconds: number) => generateSync({ secret, epoch: START / 1000 + seconds })
  expect((await world.as(person).post('/moi/totp/confirmation', { code: codeAt(0) })).statusCode).toBe(200)
  await world.sql.query('delete from door.tentative')
  return codeAt
}
const prove = (caller: Caller, code: string) => caller.post('/session/preuve/totp', { code })
const forgetTries = () => world.sql.query('delete from door.tentative')
const journalOf = async ({ utilisateurId }: Person) =>
  (
    await world.sql.query(
      "select action, statut, code, objet->>'methode' as methode from audit_event where utilisateur_id = $1 and action like 'session.p%' order by id",
      [utilisateurId],
    )
  ).rows

test('a code of the application makes the session whole and proved; it is journaled with the way', async () => {
  const person = await oneOf()
  const codeAt = await withTotp(person)
  const caller = world.asWith(person, BARE)
  expect((await caller.get('/session')).json()).toMatchObject({
    secondFacteur: { requis: true, prouve: false, methodes: ['totp'] },
    preuve: { restantSecondes: 0, methodes: ['totp'] },
  })
  machineAt(30)
  expect((await prove(caller, '000000')).json()).toMatchObject({ status: 409, code: 'preuve_refusee' })
  const response = await prove(caller, codeAt(30))
  expect(response.json()).toMatchObject({ secondFacteur: { prouve: true }, preuve: { restantSecondes: 600 } })
  expect((await journalOf(person)).slice(-2)).toEqual([
    { action: 'session.preuve_refusee', statut: 409, code: 'preuve_refusee', methode: 'totp' },
    { action: 'session.prouvee', statut: 200, code: null, methode: 'totp' },
  ])
})

test.each([
  [-60, 409],
  [-30, 200],
  [0, 200],
  [30, 200],
  [60, 409],
])('a code made %i seconds from the server’s time: %i', async (drift, status) => {
  const person = await oneOf()
  const codeAt = await withTotp(person)
  machineAt(300)
  expect((await prove(world.asWith(person, BARE), codeAt(300 + drift))).statusCode).toBe(status)
})

test('a code is good once, here or in another session, and not after a later one', async () => {
  const person = await oneOf()
  const codeAt = await withTotp(person)
  const [first, second] = [world.asWith(person, BARE), world.asWith(person, BARE)]
  // the one that activated the application is spent
  expect((await prove(first, codeAt(0))).statusCode).toBe(409)
  machineAt(300)
  expect((await prove(first, codeAt(300))).statusCode).toBe(200)
  await forgetTries()
  for (const caller of [first, second]) expect((await prove(caller, codeAt(300))).json()).toMatchObject({ code: 'preuve_refusee' })
  expect((await prove(second, codeAt(270))).statusCode).toBe(409)
  machineAt(330)
  await forgetTries()
  expect((await prove(second, codeAt(330))).statusCode).toBe(200)
})

test('twenty twins of a code: one is accepted', async () => {
  const person = await oneOf()
  const codeAt = await withTotp(person)
  machineAt(300)
  const spent = await Promise.all(Array.from({ length: 20 }, () => spendTotp(world.deps, person.utilisateurId, codeAt(300))))
  expect(spent.filter(Boolean).length).toBe(1)
  machineAt(330)
  const caller = world.asWith(person, BARE)
  const sent = await Promise.all(Array.from({ length: 20 }, () => prove(caller, codeAt(330))))
  expect(sent.filter(({ statusCode }) => statusCode === 200).length).toBe(1)
})

test('guesses are slowed down, whatever the session; the right one forgives', async () => {
  const person = await oneOf()
  const codeAt = await withTotp(person)
  machineAt(300)
  for (let i = 0; i < 3; i++) expect((await prove(world.asWith(person, BARE), '000000')).statusCode).toBe(409)
  expect((await world.sql.query('select echecs from door.tentative')).rows).toEqual([{ echecs: 3 }])
  await world.sql.query('update door.tentative set echecs = 20, derniere_at = now()') // a minute: no slow machine outlasts it
  const waiting = await prove(world.asWith(person, BARE), codeAt(300))
  expect([waiting.statusCode, Number(waiting.headers['retry-after']) > 30]).toEqual([429, true])
  await world.sql.query("update door.tentative set derniere_at = now() - interval '2 minutes'")
  expect((await prove(world.asWith(person, BARE), codeAt(300))).statusCode).toBe(200)
  expect((await prove(world.asWith(person, BARE), '000000')).statusCode).toBe(409)
})

test('a passkey proves too: one’s own, for this purpose', async () => {
  const [person, other] = [await oneOf(), await oneOf()]
  const keys = { mine: newAuthenticator(ORIGIN), theirs: newAuthenticator(ORIGIN) }
  for (const [who, key] of [
    [person, keys.mine],
    [other, keys.theirs],
  ] as const) {
    const { defiId, options } = (await world.as(who).post('/moi/passkeys/defi')).json()
    await world.as(who).post('/moi/passkeys', { defiId, nom: 'Clé', reponse: key.register(options) })
  }
  const caller = world.asWith(person, BARE)
  const challenge = async () => (await caller.post('/session/preuve/defi')).json()
  const send = (defiId: string, reponse: object) => caller.post('/session/preuve/passkey', { defiId, reponse })
  const made = await challenge()
  expect(made.options).toMatchObject({ allowCredentials: [{ id: keys.mine.id }], userVerification: 'required' })
  expect((await send(made.defiId, keys.theirs.answer(made.options))).json()).toMatchObject({ code: 'preuve_refusee' })
  const atSignIn = (await world.anonymous().post('/session/passkey/defi')).json()
  expect((await send(atSignIn.defiId, keys.mine.answer(atSignIn.options))).json()).toMatchObject({ code: 'preuve_refusee' })
  const again = await challenge()
  const response = await send(again.defiId, keys.mine.answer(again.options))
  expect(response.json()).toMatchObject({ secondFacteur: { prouve: true }, preuve: { restantSecondes: 600 } })
  expect((await journalOf(person)).at(-1)).toMatchObject({ action: 'session.prouvee', methode: 'passkey' })
  expect((await world.asWith(await oneOf(), BARE).post('/session/preuve/defi')).json()).toMatchObject({ code: 'facteur_absent' })
})

test('without any factor the password proves, but makes no session whole', async () => {
  const person = await oneOf()
  const caller = world.asWith(person, BARE)
  expect((await caller.get('/session')).json().preuve.methodes).toEqual(['mot_de_passe', 'courriel'])
  const send = (motDePasse: string) => caller.post('/session/preuve/mot-de-passe', { motDePasse })
  expect((await send('un autre mot de passe')).json()).toMatchObject({ status: 409, code: 'preuve_refusee' })
  expect((await send(PASSWORD)).json()).toMatchObject({ secondFacteur: { prouve: false }, preuve: { restantSecondes: 600 } })
  await world.sql.query('update utilisateur set mot_de_passe = null where id = $1', [person.utilisateurId])
  expect((await send(PASSWORD)).json()).toMatchObject({ code: 'preuve_refusee' })
})

test('with a factor neither the password nor a code by mail is enough', async () => {
  const person = await oneOf()
  await withTotp(person)
  const caller = world.asWith(person, BARE)
  for (const response of [
    await caller.post('/session/preuve/mot-de-passe', { motDePasse: PASSWORD }),
    await caller.post('/session/preuve/courriel/envoi'),
    await caller.post('/session/preuve/courriel', { code: '123456' }),
  ])
    expect(response.json()).toMatchObject({ status: 409, code: 'facteur_exige' })
})

test('a code by mail: read in the mail, good once', async () => {
  const person = await oneOf()
  const caller = world.asWith(person, BARE)
  const sent = await caller.post('/session/preuve/courriel/envoi')
  expect([sent.statusCode, sent.json()]).toEqual([202, { envoye: true, adresse: `${person.utilisateurId[0]}…@exemple.fr` }])
  await world.runJobs()
  const { code } = await mailbox.last(courrielOf(person.utilisateurId), 'code_preuve')
  const send = () => caller.post('/session/preuve/courriel', { code: `${code!.slice(0, 3)} ${code!.slice(3)}` })
  expect((await send()).json()).toMatchObject({ secondFacteur: { prouve: false }, preuve: { restantSecondes: 600 } })
  expect((await send()).json()).toMatchObject({ code: 'preuve_refusee' })
})

/** A code as the worker would make it. */
const queuedCode = async (person: Person, caller: Caller, code: string) => {
  await caller.post('/session/preuve/courriel/envoi')
  const { rows } = await world.sql.query('select id from door.jeton where utilisateur_id = $1 order by created_at desc, id desc limit 1', [
    person.utilisateurId,
  ])
  await world.sql.query('update door.jeton set secret_hash = $2 where id = $1', [rows[0].id, hashCode(rows[0].id, code)])
  return rows[0].id as string
}

test('five tries of a code, ten minutes, and only the last one sent', async () => {
  const person = await oneOf()
  const caller = world.asWith(person, BARE)
  const send = async (code: string) => {
    await forgetTries()
    return (await caller.post('/session/preuve/courriel', { code })).statusCode
  }
  expect(await send('123456')).toBe(409) // none was asked
  await queuedCode(person, caller, '123456')
  for (let i = 0; i < 4; i++) expect(await send('000000')).toBe(409)
  expect(await send('123456')).toBe(200)
  await queuedCode(person, caller, '123456')
  for (let i = 0; i < 5; i++) expect(await send('000000')).toBe(409)
  expect(await send('123456')).toBe(409)
  const old = await queuedCode(person, caller, '111111')
  await world.sql.query("update door.jeton set expire_at = now() - interval '1 second' where id = $1", [old])
  expect(await send('111111')).toBe(409)
  await queuedCode(person, caller, '222222')
  await queuedCode(person, caller, '333333')
  expect(await send('222222')).toBe(409)
  expect(await send('333333')).toBe(200)
  const more = await caller.post('/session/preuve/courriel/envoi')
  expect([more.statusCode, more.json().code, Number(more.headers['retry-after']) > 3500]).toEqual([429, 'trop_de_demandes', true])
})

test('twins of a code received: one is accepted', async () => {
  for (let round = 0; round < 5; round++) {
    const person = await oneOf()
    const caller = world.asWith(person, BARE)
    await queuedCode(person, caller, '123456')
    const sent = await Promise.all(Array.from({ length: 3 }, () => caller.post('/session/preuve/courriel', { code: '123456' })))
    expect(sent.filter(({ statusCode }) => statusCode === 200).length).toBe(1)
  }
})

test('a step-up route: 403 before the proof, open after it, 403 again ten minutes later', async () => {
  const person = await oneOf('operateur.gestionnaire', ORG.o1)
  const codeAt = await withTotp(person)
  const caller = world.asWith(person, { secondFacteur: true, preuve: false })
  // a seeded print file has no file: past the gate, 409
  const take = () => caller.get(`/impressions/${IMPRESSION.t1}/fichier`)
  expect((await take()).json()).toMatchObject({ status: 403, code: 'preuve_requise' })
  machineAt(30)
  await prove(caller, codeAt(30))
  expect((await take()).statusCode).toBe(409)
  const age = (interval: string) =>
    world.sql.query(`update session set preuve_at = now() - $2::interval where utilisateur_id = $1`, [person.utilisateurId, interval])
  await age('9 minutes 50 seconds')
  expect((await take()).statusCode).toBe(409)
  await age('10 minutes 1 second')
  expect((await take()).json()).toMatchObject({ code: 'preuve_requise' })
})

test.each([
  ['operateur.finance_approbateur', 'approbation'],
  ['operateur.finance_emetteur', 'transmission'],
])('%s: the %s of a bordereau asks for a proof', async (role, path) => {
  const caller = world.asWith(await oneOf(role, ORG.o1), { secondFacteur: true, preuve: false })
  const response = await caller.post(`/bordereaux/${BORDEREAU.fevrier}/${path}`)
  expect(response.json()).toMatchObject({ status: 403, code: 'preuve_requise' })
})

test('a role that moves money opens nothing but one’s account until a second factor is given', async () => {
  const person = await oneOf('operateur.gestionnaire', ORG.o1)
  const browser = newBrowser(world)
  expect((await browser.signIn(person)).json().secondFacteur).toEqual({ requis: true, prouve: false, methodes: [] })
  expect((await browser.get('/commandes')).json()).toMatchObject({ status: 403, code: 'second_facteur_requis' })
  expect((await browser.get('/moi')).statusCode).toBe(200)
  // the first factor is added after a proof by what one has; that proof opens nothing else
  const start = async () =>
    world.anonymous().post('/moi/totp', undefined, { headers: { cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') } })
  expect((await start()).json()).toMatchObject({ status: 403, code: 'preuve_requise' })
  expect((await browser.post('/session/preuve/mot-de-passe', { motDePasse: PASSWORD })).statusCode).toBe(200)
  expect((await browser.get('/commandes')).json()).toMatchObject({ code: 'second_facteur_requis' })
  machineAt(0)
  const secret = (await start()).json().secret.replaceAll(' ', '')
  expect((await browser.get('/commandes')).json()).toMatchObject({ code: 'second_facteur_requis' })
  const confirmed = await browser.post('/moi/totp/confirmation', { code: generateSync({ secret, epoch: START / 1000 }) })
  expect(confirmed.json()).toMatchObject({ facteurs: ['totp'] })
  expect((await browser.get('/commandes')).statusCode).toBe(200)
  // the next session needs it again
  const next = newBrowser(world)
  await next.signIn(person)
  expect((await next.get('/commandes')).json()).toMatchObject({ code: 'second_facteur_requis' })
  machineAt(30)
  await next.post('/session/preuve/totp', { code: generateSync({ secret, epoch: START / 1000 + 30 }) })
  expect((await next.get('/commandes')).statusCode).toBe(200)
})

test('whoever registered a factor is asked for it, whatever the role', async () => {
  const person = await oneOf()
  expect((await world.asWith(person, BARE).get('/commandes')).statusCode).toBe(200)
  await withTotp(person)
  expect((await world.asWith(person, BARE).get('/commandes')).json()).toMatchObject({ code: 'second_facteur_requis' })
})

test('a proof without a session is 401; the secrets sent are in no journal', async () => {
  const anonymous = world.anonymous()
  expect((await anonymous.post('/session/preuve/totp', { code: '123456' })).statusCode).toBe(401)
  const { rows } = await world.sql.query('select count(*)::int n from audit_event where objet::text like $1 or objet::text like $2', [
    `%${PASSWORD}%`,
    '%123456%',
  ])
  expect(rows[0].n).toBe(0)
})
