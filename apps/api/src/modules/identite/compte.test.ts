import { randomUUID } from 'node:crypto'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORG } from '../../../../../prisma/seed/base/ids.ts'
import { newAuthenticator } from '../../../test/authenticator.ts'
import { type Mailbox, openMailbox } from '../../../test/mailbox.ts'
import { courrielOf, newBrowser, newPerson } from '../../../test/new-person.ts'
import { createWorld, type Person, type World } from '../../../test/world.ts'

let world: World
let mailbox: Mailbox
const ORIGIN = 'https://pass.exemple.fr'
beforeAll(async () => {
  mailbox = await openMailbox()
  world = await createWorld({ config: { ...mailbox.config, publicUrl: ORIGIN } })
})
afterAll(async () => {
  await world.close()
  await mailbox.close()
})

const oneOf = async (role = 'collectivite.lecteur', organisation: string = ORG.t1) => (await newPerson(world, [organisation], role))[0]!
const secretOf = async (person: Person): Promise<string> => (await world.as(person).post('/moi/totp')).json().secret.replaceAll(' ', '')
const confirm = (person: Person, secret: string) => world.as(person).post('/moi/totp/confirmation', { code: generateSync({ secret }) })
const addTotp = async (person: Person) => {
  const secret = await secretOf(person)
  expect((await confirm(person, secret)).statusCode).toBe(200)
  return secret
}
const addKey = async (person: Person, nom = 'Téléphone') => {
  const { defiId, options } = (await world.as(person).post('/moi/passkeys/defi')).json()
  const response = await world.as(person).post('/moi/passkeys', { defiId, nom, reponse: newAuthenticator(ORIGIN).register(options) })
  return response.json().passkeys.at(-1).id as string
}
const mailsTo = async ({ utilisateurId }: Person) => {
  await world.runJobs()
  return (await mailbox.all()).filter(({ a }) => a === courrielOf(utilisateurId))
}

test('one reads one’s account, and corrects one’s name', async () => {
  const person = await oneOf()
  expect((await world.as(person).get('/moi')).json()).toEqual({
    courriel: courrielOf(person.utilisateurId),
    prenom: 'Nina',
    nom: 'Neuve',
    proconnect: false,
    motDePasse: true,
    totpAt: null,
    passkeys: [],
    pin: false,
    facteurs: [],
    preferences: [
      { categorie: 'securite', rythme: 'immediat', modifiable: false },
      { categorie: 'argent', rythme: 'immediat', modifiable: true },
      { categorie: 'rendez_vous', rythme: 'immediat', modifiable: true },
      { categorie: 'suivi', rythme: 'hebdomadaire', modifiable: true },
    ],
  })
  expect((await world.as(person).put('/moi', { prenom: 'Nine', nom: 'Autre' })).json()).toMatchObject({ prenom: 'Nine', nom: 'Autre' })
  expect((await world.as(person).get('/session')).json().utilisateur).toMatchObject({ prenom: 'Nine', nom: 'Autre' })
})

test('an application of codes: scanned or typed, sealed at rest, told to its holder by mail', async () => {
  const person = await oneOf()
  const started = (await world.as(person).post('/moi/totp')).json()
  expect(started.secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  const secret = started.secret.replaceAll(' ', '')
  const address = new URL(started.adresse)
  expect([address.protocol, address.searchParams.get('secret'), address.searchParams.get('issuer')]).toEqual([
    'otpauth:',
    secret,
    'Pass numérique',
  ])
  expect(decodeURIComponent(address.pathname)).toContain(courrielOf(person.utilisateurId))
  expect((await world.as(person).get('/moi')).json().totpAt).toBe(null) // not yet
  expect((await world.as(person).post('/moi/totp/confirmation', { code: '000000' })).json()).toMatchObject({ code: 'preuve_refusee' })
  expect((await confirm(person, secret)).json()).toMatchObject({ facteurs: ['totp'], totpAt: expect.any(String) })
  const { rows } = await world.sql.query('select secret from door.totp where utilisateur_id = $1', [person.utilisateurId])
  expect(rows[0].secret.includes(Buffer.from(secret))).toBe(false)
  const [mail] = await mailsTo(person)
  expect([mail!.objet, mail!.texte]).toEqual([
    expect.stringContaining('application de codes'),
    expect.stringContaining('Si ce n’est pas vous'),
  ])
})

test('the secret of an application and a password leave no trace in the journal, nor under the key of the call', async () => {
  const person = await oneOf()
  const secret = await addTotp(person)
  const motDePasse = 'quatre corbeaux dansent sous la lune 83'
  expect((await world.as(person).put('/moi/mot-de-passe', { motDePasse })).statusCode).toBe(200)
  const { rows } = await world.sql.query(
    `select (select string_agg(reponse, ' ') from idempotence where utilisateur_id = $1) as reponses,
            (select string_agg(objet::text, ' ') from audit_event where utilisateur_id = $1) as journal,
            (select empreinte from idempotence where utilisateur_id = $1 and route = 'setPassword') as empreinte,
            sha256(convert_to($2, 'UTF8')) as devinee`,
    [person.utilisateurId, `[null,null,{"motDePasse":${JSON.stringify(motDePasse)}}]`],
  )
  const { reponses, journal, empreinte, devinee } = rows[0]
  expect(reponses).toContain('facteurs')
  for (const trace of [secret, secret.replace(/(.{4})(?=.)/g, '$1 '), motDePasse])
    expect([reponses.includes(trace), journal.includes(trace)]).toEqual([false, false])
  // who reads the database cannot try passwords against what the key stands for
  expect(Buffer.compare(empreinte, devinee)).not.toBe(0)
})

test('a new application replaces the old one once it works, not before', async () => {
  const person = await oneOf()
  const first = await addTotp(person)
  const second = await secretOf(person)
  const bare = () => world.asWith(person, { secondFacteur: false, preuve: false })
  const later = (secret: string) => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 })
  expect((await bare().post('/session/preuve/totp', { code: later(first) })).statusCode).toBe(200)
  expect((await confirm(person, second)).statusCode).toBe(200)
  await world.sql.query('delete from door.tentative')
  expect((await bare().post('/session/preuve/totp', { code: later(first) })).statusCode).toBe(409)
  expect((await bare().post('/session/preuve/totp', { code: later(second) })).statusCode).toBe(200)
  expect((await world.sql.query('select 1 from door.totp where utilisateur_id = $1', [person.utilisateurId])).rows.length).toBe(1)
})

test('nothing to confirm after a quarter of an hour, nor in somebody else’s name, nor without a fresh proof', async () => {
  const person = await oneOf()
  expect((await confirm(person, await secretOf(await oneOf()))).json()).toMatchObject({ code: 'facteur_absent' })
  const secret = await secretOf(person)
  const other = world.asWith(person, { preuve: false })
  expect((await other.post('/moi/totp/confirmation', { code: generateSync({ secret }) })).json()).toMatchObject({ code: 'preuve_requise' })
  await world.sql.query("update door.totp set created_at = now() - interval '15 minutes 1 second' where utilisateur_id = $1", [
    person.utilisateurId,
  ])
  expect((await confirm(person, secret)).json()).toMatchObject({ code: 'facteur_absent' })
})

test('the last factor stays where a role needs one, whichever organisation the role is in', async () => {
  const [here, there] = await newPerson(world, [ORG.t1, ORG.o1], 'collectivite.lecteur')
  await world.sql.query("update adhesion set role = 'operateur.gestionnaire' where id = $1", [there!.adhesionId])
  const person = here!
  expect((await world.as(person).del('/moi/totp')).json()).toMatchObject({ code: 'facteur_absent' })
  await addTotp(person)
  expect((await world.as(person).del('/moi/totp')).json()).toMatchObject({ status: 409, code: 'facteur_exige' })
  const passkeyId = await addKey(person)
  expect((await world.as(person).del('/moi/totp')).json()).toMatchObject({ facteurs: ['passkey'] })
  expect((await world.as(person).del(`/moi/passkeys/${passkeyId}`)).json()).toMatchObject({ code: 'facteur_exige' })
  expect((await world.as(person).get('/moi')).json().passkeys.length).toBe(1)
  await world.sql.query('update adhesion set retiree_at = now() where id = $1', [there!.adhesionId])
  expect((await world.as(person).del(`/moi/passkeys/${passkeyId}`)).json()).toMatchObject({ facteurs: [] })
})

test('two removals at once leave the last factor', async () => {
  for (let round = 0; round < 5; round++) {
    const person = await oneOf('operateur.gestionnaire', ORG.o1)
    await addTotp(person)
    const passkeyId = await addKey(person)
    const answers = await Promise.all([world.as(person).del('/moi/totp'), world.as(person).del(`/moi/passkeys/${passkeyId}`)])
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]))
  }
})

test('a key of somebody else is not found; removing one’s own is told by mail', async () => {
  const [person, other] = [await oneOf(), await oneOf()]
  const [mine, theirs] = [await addKey(person, 'Clé du bureau'), await addKey(other)]
  expect((await world.as(person).del(`/moi/passkeys/${theirs}`)).statusCode).toBe(404)
  expect((await world.as(person).del(`/moi/passkeys/${randomUUID()}`)).statusCode).toBe(404)
  expect((await world.as(person).del(`/moi/passkeys/${mine}`)).statusCode).toBe(200)
  const mails = await mailsTo(person)
  expect(mails.map(({ objet }) => objet).toSorted()).toEqual([
    expect.stringContaining('retirée'),
    expect.stringContaining('protège maintenant'),
  ])
  expect(mails.every(({ texte }) => texte.includes('Clé du bureau') && texte.includes('Si ce n’est pas vous'))).toBe(true)
})

test('every change of what protects an account asks for a fresh proof', async () => {
  const caller = world.asWith(await oneOf(), { preuve: false })
  for (const response of [
    await caller.put('/moi/mot-de-passe', { motDePasse: 'quatre corbeaux dansent sous la lune' }),
    await caller.post('/moi/totp'),
    await caller.post('/moi/totp/confirmation', { code: '123456' }),
    await caller.del('/moi/totp'),
    await caller.post('/moi/passkeys/defi'),
    await caller.del(`/moi/passkeys/${randomUUID()}`),
    await caller.put('/moi/pin', { pin: '481207' }),
    await caller.get('/moi/donnees.json'),
  ])
    expect(response.json()).toMatchObject({ status: 403, code: 'preuve_requise' })
})

test('how often mails come is chosen, but for security', async () => {
  const person = await oneOf()
  const caller = world.as(person)
  const set = (categorie: string, rythme: string) => caller.put(`/moi/preferences/${categorie}`, { rythme })
  expect((await set('suivi', 'jamais')).json().preferences).toContainEqual({ categorie: 'suivi', rythme: 'jamais', modifiable: true })
  expect((await set('suivi', 'immediat')).json().preferences).toContainEqual({ categorie: 'suivi', rythme: 'immediat', modifiable: true })
  expect((await set('securite', 'jamais')).json()).toMatchObject({ status: 409, code: 'preference_imposee' })
  expect((await set('autre', 'jamais')).statusCode).toBe(400)
})

test('one downloads what is held on oneself, and nothing of anyone else, no secret', async () => {
  const person = await oneOf()
  const browser = newBrowser(world)
  await browser.signIn(person)
  const secret = await addTotp(person)
  await addKey(person)
  const response = await world.as(person).get('/moi/donnees.json')
  expect([response.statusCode, response.headers['content-disposition']]).toEqual([
    200,
    expect.stringContaining('mes-donnees-2026-03-10.json'),
  ])
  const data = response.json()
  expect(data).toMatchObject({
    compte: { id: person.utilisateurId, courriel: courrielOf(person.utilisateurId), motDePasse: true },
    acces: [{ organisationId: ORG.t1, role: 'collectivite.lecteur' }],
    facteurs: { passkeys: [{ nom: 'Téléphone' }], totpAt: expect.any(String) },
  })
  expect(data.sessions.length).toBe(2)
  expect(data.notifications.length).toBe(2)
  expect(data.journal.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining(['session.ouverte', 'confirmTotp', 'addPasskey']),
  )
  for (const trace of [secret, '$argon2', 'token', 'hash']) expect(response.body).not.toContain(trace)
  const { rows } = await world.sql.query("select 1 from audit_event where utilisateur_id = $1 and action = 'downloadMyData'", [
    person.utilisateurId,
  ])
  expect(rows.length).toBe(1)
  await world.sql.query('alter table audit_event disable trigger refuse_change')
  await world.sql.query(
    "update audit_event set at = now() - interval '12 months 1 day' where utilisateur_id = $1 and action = 'confirmTotp'",
    [person.utilisateurId],
  )
  const actions = (await world.as(person).get('/moi/donnees.json')).json().journal.map(({ action }: { action: string }) => action)
  expect([actions.includes('confirmTotp'), actions.includes('addPasskey')]).toEqual([false, true])
})

test('factors are forgotten by nobody but the function of a decision; sessions are whole no more', async () => {
  const person = await oneOf()
  await addTotp(person)
  await addKey(person)
  await expect(world.deps.pool.query('select factors_reset($1)', [person.utilisateurId])).rejects.toMatchObject({ code: '42501' })
  await world.sql.query('begin; set local role fn_ctx')
  await world.sql.query('select factors_reset($1)', [person.utilisateurId])
  await world.sql.query('commit')
  expect((await world.as(person).get('/moi')).json()).toMatchObject({ facteurs: [], passkeys: [], totpAt: null })
  expect((await world.as(person).get('/session')).json()).toMatchObject({
    secondFacteur: { prouve: false },
    preuve: { restantSecondes: 0 },
  })
})
