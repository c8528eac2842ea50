import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORG, POSTE } from '../../../../../prisma/seed/base/ids.ts'
import { newBrowser, newPerson } from '../../../test/new-person.ts'
import { createWorld, type Person, type World } from '../../../test/world.ts'
import { hashPassword } from '../../platform/auth/passwords.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const PIN = '481207'
const WRONG = '905183'
const HOURS = (hours: number) => `now() - interval '${hours} hours'`

const givePin = async ({ organisationId, utilisateurId }: Person) =>
  world.sql.query('insert into door.pin (organisation_id, utilisateur_id, pin) values ($1, $2, $3)', [
    organisationId,
    utilisateurId,
    await hashPassword(PIN),
  ])

const givePasskey = ({ utilisateurId }: Person) =>
  world.sql.query(
    "insert into door.passkey (utilisateur_id, credential_id, cle_publique, nom) select u.id, u.id::text, 'x', 'Clé' from utilisateur u where u.id = $1",
    [utilisateurId],
  )

/** Somebody of S1 with a PIN. */
const newAgent = async (prenom: string, role = 'structure.mediateur', organisation: string = ORG.s1): Promise<Person> => {
  const [agent] = await newPerson(world, [organisation], role, { prenom, nom: 'Guichet' })
  await givePin(agent!)
  return agent!
}

/** A browser trusted by an administrator, who then locks it. */
const newDesk = async (organisation: string = ORG.s1, role = 'structure.responsable') => {
  const admin = await newAgent('Admin', role, organisation)
  const browser = newBrowser(world)
  await browser.signIn(admin)
  await world.sql.query('update session set preuve_at = now(), second_facteur = true where utilisateur_id = $1', [admin.utilisateurId])
  const trusted = await browser.post('/session/poste', { nom: 'Accueil, guichet 2' })
  expect(trusted.statusCode).toBe(201)
  return { browser, admin, trusted }
}

const noms = async (browser: ReturnType<typeof newBrowser>): Promise<string[]> =>
  (await browser.get('/session/guichet')).json().agents.map(({ nom }: { nom: string }) => nom)
const take = (browser: ReturnType<typeof newBrowser>, { adhesionId }: Person, pin = PIN) =>
  browser.post('/session/guichet', { adhesionId, pin })
/** The last wrong try was made this long ago. */
const triedAt = ({ utilisateurId }: Person, ago: string) =>
  world.sql.query('update door.pin set essai_at = clock_timestamp() - $2::interval where utilisateur_id = $1', [utilisateurId, ago])

test('an administrator who proved who they are trusts a browser; the session becomes a counter’s', async () => {
  const { browser, trusted } = await newDesk()
  const cookie = [trusted.headers['set-cookie']].flat().join()
  expect(cookie).toMatch(/^__Host-poste=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000$/)
  expect(trusted.json()).toMatchObject({ guichet: true, inactiviteMinutes: 10, poste: { nom: 'Accueil, guichet 2' } })
  const { items } = (await browser.get('/postes')).json()
  expect(items.find(({ cePoste }: { cePoste: boolean }) => cePoste)).toMatchObject({ nom: 'Accueil, guichet 2', par: 'Admin Guichet' })
  const { rows } = await world.sql.query("select objet, statut from audit_event where action = 'trustPoste' order by id desc limit 1")
  expect(rows[0]).toEqual({ objet: { posteId: trusted.json().poste.id }, statut: 201 })
  expect((await browser.get('/session/moyens')).statusCode).toBeLessThan(500)
})

test('without a fresh proof, or without the droit, no browser is trusted', async () => {
  const [admin] = await newPerson(world, [ORG.s1], 'structure.responsable')
  const body = { nom: 'Accueil' }
  expect((await world.asWith(admin!, { preuve: false }).post('/session/poste', body)).json().code).toBe('preuve_requise')
  const [agent] = await newPerson(world, [ORG.s1], 'structure.mediateur')
  expect((await world.as(agent!).post('/session/poste', body)).json().code).toBe('droit_absent')
  const [gone] = await newPerson(world, [ORG.s1], 'structure.responsable')
  await world.as(gone!).get('/session')
  await world.sql.query('update adhesion set retiree_at = now() where id = $1', [gone!.adhesionId])
  expect((await world.as(gone!).post('/session/poste', body)).statusCode).toBe(403)
  expect((await world.anonymous().post('/session/poste', body)).statusCode).toBe(401)
})

test('without a desk the list says nothing at all, with a false or revoked one neither', async () => {
  const nothing = { poste: null, agents: [] }
  expect((await world.anonymous().get('/session/guichet')).json()).toEqual(nothing)
  const { browser, trusted } = await newDesk()
  expect((await browser.get('/session/guichet')).json().poste).toEqual({ nom: 'Accueil, guichet 2', organisation: 'Tiers-lieu Le Chai' })
  await world.sql.query('update poste set revoque_at = now() where id = $1', [trusted.json().poste.id])
  const answer = await browser.get('/session/guichet')
  expect([answer.json(), browser.cookies.has('__Host-poste')]).toEqual([nothing, false])
})

test('the list: those with a PIN who came in whole here today and still belong, nobody else', async () => {
  const { browser, trusted } = await newDesk()
  const posteId = trusted.json().poste.id
  const came = async (person: Person, at = 'now()') =>
    world.sql.query(`insert into door.poste_personne (poste_id, adhesion_id, connexion_at) values ($1, $2, ${at})`, [
      posteId,
      person.adhesionId,
    ])
  const agent = async (prenom: string, at?: string) => {
    const person = await newAgent(prenom)
    await came(person, at)
    return person
  }
  const change = (text: string, id: string) => world.sql.query(text, [id])
  await agent('Alix', HOURS(11.9))
  await agent('Bilal', HOURS(12.1))
  await change('update utilisateur set desactive_at = now() where id = $1', (await agent('Chloé')).utilisateurId)
  await change('update adhesion set retiree_at = now() where id = $1', (await agent('Denis')).adhesionId)
  await change("update adhesion set date_fin = '2026-03-09' where id = $1", (await agent('Élise')).adhesionId)
  await change('delete from door.pin where utilisateur_id = $1', (await agent('Gilles')).utilisateurId)
  await givePasskey(await agent('Fanny'))
  await newAgent('Ivan') // never came here
  await came(await newAgent('Jade', 'collectivite.lecteur', ORG.t1))
  expect(await noms(browser)).toEqual(['Admin G.', 'Alix G.'])
})

test('a locked desk stays one: the session is over and the browser keeps nothing', async () => {
  const { browser, admin } = await newDesk()
  const cookie = `__Host-session=${browser.cookies.get('__Host-session')}`
  const locked = await browser.post('/session/guichet/verrou')
  expect([locked.statusCode, locked.headers['clear-site-data'], [...browser.cookies.keys()]]).toEqual([200, '"cache"', ['__Host-poste']])
  expect((await world.anonymous().get('/session', { headers: { cookie } })).statusCode).toBe(401)
  const { rows } = await world.sql.query('select action from audit_event where utilisateur_id = $1 order by id desc limit 1', [
    admin.utilisateurId,
  ])
  expect(rows[0].action).toBe('session.fermee')
})

test('the next agent takes the desk by PIN: a counter’s session, never a proof, and nothing of the former one', async () => {
  const { browser, admin } = await newDesk()
  const next = await newAgent('Nour')
  await browser.signIn(next) // whole, once in the day
  await take(browser, admin)
  const former = `__Host-session=${browser.cookies.get('__Host-session')}`
  const taken = await take(browser, next)
  expect([taken.statusCode, taken.headers['clear-site-data']]).toEqual([201, '"cache"'])
  expect(taken.json()).toMatchObject({
    utilisateur: { id: next.utilisateurId },
    guichet: true,
    poste: { nom: 'Accueil, guichet 2' },
    preuve: { restantSecondes: 0 },
    secondFacteur: { prouve: false },
  })
  expect((await world.anonymous().get('/session', { headers: { cookie: former } })).statusCode).toBe(401)
  const { rows } = await world.sql.query(
    "select objet ->> 'methode' methode from audit_event where action = 'session.ouverte' order by id desc limit 1",
  )
  expect(rows[0].methode).toBe('pin')
  const again = await take(browser, next)
  // one's own drafts are for oneself
  expect([again.statusCode, again.headers['clear-site-data']]).toEqual([201, undefined])
  const back = await take(browser, admin)
  expect(back.statusCode).toBe(201)
  expect((await browser.post('/session/poste', { nom: 'Autre' })).json().code).toBe('preuve_requise')
})

test('wrong codes wait longer and longer; the fifth blocks until a whole sign-in on a desk of the organisation', async () => {
  const { browser } = await newDesk()
  const agent = await newAgent('Tess')
  await browser.signIn(agent)
  await browser.post('/session/guichet/verrou')
  const waits: number[] = []
  for (const restants of [4, 3, 2, 1]) {
    const wrong = await take(browser, agent, WRONG)
    expect([wrong.statusCode, wrong.json().code]).toEqual([409, 'preuve_refusee'])
    expect(wrong.json().message).toContain(`${restants}\u00a0essai`)
    await triedAt(agent, '0 seconds')
    const early = await take(browser, agent)
    expect([early.statusCode, early.json().code]).toEqual([429, 'trop_de_demandes'])
    waits.push(Number(early.headers['retry-after']))
    await triedAt(agent, '1 minute')
  }
  expect(waits).toEqual([1, 2, 4, 8])
  expect((await take(browser, agent, WRONG)).json().code).toBe('pin_bloque')
  await triedAt(agent, '1 minute')
  expect((await take(browser, agent)).json().code).toBe('pin_bloque')
  const { rows } = await world.sql.query(
    "select code, count(*)::int n from audit_event where utilisateur_id = $1 and action = 'takeGuichet' group by 1 order by 1",
    [agent.utilisateurId],
  )
  expect(rows).toEqual([
    { code: 'pin_bloque', n: 1 },
    { code: 'preuve_refusee', n: 4 },
  ])
  await newBrowser(world).signIn(agent)
  expect((await take(browser, agent)).json().code).toBe('pin_bloque')
  await browser.signIn(agent)
  expect((await take(browser, agent)).statusCode).toBe(201)
})

test('a burst of guesses is worth one', async () => {
  const { browser } = await newDesk()
  const agent = await newAgent('Rémi')
  await browser.signIn(agent)
  await browser.post('/session/guichet/verrou')
  const t0 = performance.now()
  const answers = await Promise.all(Array.from({ length: 6 }, () => take(browser, agent, WRONG)))
  const tried = answers.filter(({ statusCode }) => statusCode === 409).length
  expect(tried).toBeGreaterThanOrEqual(1)
  // a second one only on a machine so slow that its second has gone by
  expect(tried).toBeLessThanOrEqual(1 + Math.floor((performance.now() - t0) / 1000))
  expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(6 - tried)
})

test('who has no PIN here, a second factor, a role of money or another organisation signs in whole: one answer', async () => {
  const { browser } = await newDesk(ORG.o1, 'operateur.gestionnaire')
  const money = await newAgent('Milo', 'operateur.finance_emetteur', ORG.o1)
  const keyed = await newAgent('Kim', 'operateur.support', ORG.o1)
  const plain = await newAgent('Paul', 'operateur.support', ORG.o1)
  for (const person of [money, keyed, plain]) await browser.signIn(person)
  await givePasskey(keyed)
  const refused = { code: 'pin_bloque', message: 'Connectez-vous en entier pour prendre la main sur ce poste.' }
  for (const person of [money, keyed, await newAgent('Zoé'), { ...money, adhesionId: randomUUID() }])
    expect((await take(browser, person)).json()).toMatchObject(refused)
  expect((await world.anonymous().post('/session/guichet', { adhesionId: plain.adhesionId, pin: PIN })).json()).toMatchObject(refused)
  expect((await take(browser, plain)).statusCode).toBe(201)
})

test('the code of a desk opens its own organisation and no other', async () => {
  const { browser } = await newDesk()
  const [here, there] = await newPerson(world, [ORG.s1, ORG.s2], 'structure.mediateur')
  await givePin(here!)
  await browser.signIn(here!) // of two adhesions, the desk's
  await browser.post('/session/guichet/verrou')
  expect((await take(browser, here!)).json().organisation.id).toBe(ORG.s1)
  const moved = await browser.put('/session/adhesion', { adhesionId: there!.adhesionId })
  expect([moved.statusCode, moved.json().code]).toEqual([409, 'pin_bloque'])
  await browser.signIn(here!)
  expect((await browser.put('/session/adhesion', { adhesionId: there!.adhesionId })).json()).toMatchObject({ guichet: true, poste: null })
  expect((await browser.put('/session/adhesion', { adhesionId: here!.adhesionId })).json().poste).toMatchObject({
    nom: 'Accueil, guichet 2',
  })
})

test('a desk revoked: its sessions end, its PIN opens nothing; another organisation’s desk is 404', async () => {
  const { browser, admin, trusted } = await newDesk()
  const { id } = trusted.json().poste
  const [stranger] = await newPerson(world, [ORG.s2], 'structure.responsable')
  expect((await world.as(stranger!).del(`/postes/${id}`)).statusCode).toBe(404)
  expect((await world.as('structure.responsable').del(`/postes/${POSTE.t1}`)).statusCode).toBe(404)
  expect((await world.as('structure.responsable').del(`/postes/${id}`)).json()).toEqual({ fait: true })
  expect((await browser.get('/session')).statusCode).toBe(401)
  expect((await take(browser, admin)).json().code).toBe('pin_bloque')
  expect((await world.as('structure.responsable').del(`/postes/${id}`)).statusCode).toBe(404)
})
