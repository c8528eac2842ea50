import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD } from '../../../../../prisma/seed/base/people.ts'
import { ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld, type Person, type World } from '../../../test/world.ts'
import { tokenIn } from './tokens.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const T1 = 'collectivite.gestionnaire'
const courrielOf = async (key: keyof typeof PEOPLE) =>
  (await world.sql.query('select courriel from utilisateur where id = $1', [PEOPLE[key].utilisateurId])).rows[0].courriel
const signIn = (courriel: string, motDePasse: string, headers = {}, guichet = false) =>
  world.anonymous().post('/session', { courriel, motDePasse, guichet }, { headers })
const cookieOf = (response: Awaited<ReturnType<typeof signIn>>) => String(response.headers['set-cookie']).split(';')[0]!
const getSession = (cookie: string, headers = {}) => world.anonymous().get('/session', { headers: { cookie, ...headers } })

/** A person of the test's own, so that nobody else's sessions move. */
const newPerson = async (organisations: readonly string[] = [ORG.t1], role = 'collectivite.lecteur'): Promise<Person[]> => {
  const utilisateurId = randomUUID()
  await world.sql.query("insert into utilisateur (id, courriel, prenom, nom) values ($1, $2, 'Nina', 'Neuve')", [
    utilisateurId,
    `${utilisateurId}@exemple.fr`,
  ])
  const people = organisations.map((organisationId) => ({ utilisateurId, organisationId, adhesionId: randomUUID() }))
  for (const { adhesionId, organisationId } of people)
    await world.sql.query(
      "insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values ($1, $2, $3, $4, '2026-01-01')",
      [adhesionId, organisationId, utilisateurId, role],
    )
  return people
}

test('a person signs in and reads who they are, for whom, and what they may do', async () => {
  const response = await signIn((await courrielOf(T1)).toUpperCase(), PASSWORD)
  expect(response.statusCode).toBe(201)
  expect(response.headers['set-cookie']).toMatch(/^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
  expect(response.json()).toMatchObject({
    organisation: { id: ORG.t1, type: 'collectivite' },
    role: T1,
    adhesionId: PEOPLE[T1].adhesionId,
    demo: true,
    today: '2026-03-10',
    maintenant: '2026-03-10T08:00:00.000Z',
  })
  expect(response.json().droits).toContain('convention:create')
  // a second may have gone by between the two
  expect((await getSession(cookieOf(response))).json()).toEqual({ ...response.json(), restantSecondes: expect.any(Number) })
})

test('the token is stored hashed', async () => {
  const token = cookieOf(await signIn(await courrielOf(T1), PASSWORD)).split('=')[1]!
  const { rows } = await world.sql.query('select count(*)::int as n from session where token_hash = sha256($1)', [Buffer.from(token)])
  expect(rows[0].n).toBe(1)
})

test('a wrong password, an unknown account and a disabled one are one answer', async () => {
  const [person] = await newPerson()
  await world.sql.query(
    'update utilisateur set mot_de_passe = (select mot_de_passe from utilisateur where id = $1), desactive_at = now() where id = $2',
    [PEOPLE[T1].utilisateurId, person!.utilisateurId],
  )
  const answers = [
    await signIn(await courrielOf('anct.pilote'), 'faux'),
    await signIn(`${randomUUID()}@exemple.fr`, PASSWORD),
    await signIn(`${person!.utilisateurId}@exemple.fr`, PASSWORD),
  ]
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401])
  expect(new Set(answers.map((answer) => JSON.stringify({ ...answer.json(), requestId: '' }))).size).toBe(1)
  expect(answers[0]!.json().message).toBe('Adresse électronique ou mot de passe incorrect.')
})

test('an unknown account takes as long as a known one', async () => {
  const time = async (courriel: string) => {
    const t0 = performance.now()
    await signIn(courriel, 'faux mot de passe')
    return performance.now() - t0
  }
  const known: number[] = []
  const unknown: number[] = []
  for (const key of ['hub.animateur', 'prefecture.instructeur', 'financeur.lecteur'] as const) {
    known.push(await time(await courrielOf(key)))
    unknown.push(await time(`${randomUUID()}@exemple.fr`))
  }
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[1]!
  expect(median(unknown)).toBeGreaterThan(median(known) / 3)
})

test('attempts on one account, known or not, are spaced out: three free, then 429 with the seconds to wait', async () => {
  for (const courriel of [await courrielOf('operateur.support'), `${randomUUID()}@exemple.fr`]) {
    const t0 = performance.now()
    const answers = await Promise.all(Array.from({ length: 6 }, () => signIn(courriel, 'faux')))
    // a fourth one is let through only by a machine so slow that its second has gone by
    const free = 3 + Math.floor((performance.now() - t0) / 1000)
    const statuts = answers.map(({ statusCode }) => statusCode)
    expect(new Set(statuts)).toEqual(new Set([401, 429]))
    expect(statuts.filter((statut) => statut === 401).length).toBeGreaterThanOrEqual(3)
    expect(statuts.filter((statut) => statut === 401).length).toBeLessThanOrEqual(free)
    const late = answers.find(({ statusCode }) => statusCode === 429)!
    expect(late.json().code).toBe('trop_de_demandes')
    expect([1, 2]).toContain(Number(late.headers['retry-after']))
  }
})

test('no cookie, a false one, or two of them is 401', async () => {
  for (const cookie of ['', '__Host-session=abc', `__Host-session=${'a'.repeat(43)}`])
    expect((await getSession(cookie)).json()).toMatchObject({ status: 401, code: 'non_connecte' })
  expect(tokenIn(`__Host-session=${'a'.repeat(43)}; __Host-session=${'b'.repeat(43)}`)).toBeUndefined()
})

test.each([
  ['30 minutes without use', "seen_at = now() - interval '30 minutes 1 second'", false],
  ['29 minutes', "seen_at = now() - interval '29 minutes'", true],
  ['10 minutes at a counter', "guichet = true, seen_at = now() - interval '10 minutes 1 second'", false],
  ['9 minutes at a counter', "guichet = true, seen_at = now() - interval '9 minutes'", true],
  ['10 hours in all', "created_at = now() - interval '10 hours 1 second'", false],
  ['a session ended', 'ended_at = now()', false],
])('after %s: the database’s clock decides', async (_, change, isOpen) => {
  const [person] = await newPerson()
  const caller = world.as(person!)
  expect((await caller.get('/session')).statusCode).toBe(200)
  await world.sql.query(`update session set ${change} where adhesion_id = $1`, [person!.adhesionId])
  expect((await caller.get('/session')).statusCode).toBe(isOpen ? 200 : 401)
})

test('use keeps a session open, written once a minute at most', async () => {
  const [person] = await newPerson()
  const caller = world.as(person!)
  const seen = async () =>
    (
      await world.sql.query("select now() - seen_at < interval '10 seconds' as fresh from session where adhesion_id = $1", [
        person!.adhesionId,
      ])
    ).rows[0].fresh
  await caller.get('/session')
  await world.sql.query("update session set seen_at = now() - interval '50 seconds' where adhesion_id = $1", [person!.adhesionId])
  await caller.get('/session')
  expect(await seen()).toBe(false)
  await world.sql.query("update session set seen_at = now() - interval '20 minutes' where adhesion_id = $1", [person!.adhesionId])
  await caller.get('/session')
  expect(await seen()).toBe(true)
})

test('a disabled user is out at the next call; an ended adhesion is 403 without any job', async () => {
  const [out, ended] = [(await newPerson())[0]!, (await newPerson())[0]!]
  expect((await world.as(out).get('/session')).statusCode).toBe(200)
  await world.sql.query('update utilisateur set desactive_at = now() where id = $1', [out.utilisateurId])
  expect((await world.as(out).get('/session')).statusCode).toBe(401)
  await world.sql.query("update adhesion set date_fin = '2026-03-10' where id = $1", [ended.adhesionId])
  expect((await world.as(ended).get('/session')).statusCode).toBe(200)
  await world.sql.query("update adhesion set date_fin = '2026-03-09' where id = $1", [ended.adhesionId])
  expect((await world.as(ended).get('/session')).json()).toMatchObject({ status: 403, code: 'droit_absent' })
})

test('switching organisation gives a new token and ends the old one; a tab on the other is told', async () => {
  const [first, second] = await newPerson([ORG.t1, ORG.t2])
  const old = await world.as(first!).cookie()
  const listed = (await getSession(old)).json().adhesions.map(({ organisation }: { organisation: { id: string } }) => organisation.id)
  expect(listed.toSorted()).toEqual([ORG.t1, ORG.t2])
  const response = await world.as(first!).put('/session/adhesion', { adhesionId: second!.adhesionId })
  expect([response.statusCode, response.json().organisation.id]).toEqual([200, ORG.t2])
  const cookie = cookieOf(response)
  expect((await getSession(old)).statusCode).toBe(401)
  expect((await getSession(cookie, { 'x-adhesion': first!.adhesionId })).json()).toMatchObject({
    status: 409,
    code: 'organisation_changee',
  })
  expect((await getSession(cookie, { 'x-adhesion': 'autre' })).statusCode).toBe(409)
  expect((await getSession(cookie, { 'x-adhesion': second!.adhesionId })).statusCode).toBe(200)
  const { rows } = await world.sql.query('select count(distinct created_at)::int as n from session where utilisateur_id = $1', [
    first!.utilisateurId,
  ])
  expect(rows[0].n).toBe(1) // the ten hours go on
})

test('one may leave an ended adhesion for another, never take somebody else’s', async () => {
  const [first, second] = await newPerson([ORG.t1, ORG.t2])
  const caller = world.as(first!)
  expect((await caller.put('/session/adhesion', { adhesionId: PEOPLE['anct.pilote'].adhesionId })).json()).toMatchObject({
    status: 404,
    code: 'introuvable',
  })
  await caller.get('/session')
  await world.sql.query("update adhesion set date_fin = '2026-03-09' where id = $1", [first!.adhesionId])
  expect((await caller.put('/session/adhesion', { adhesionId: second!.adhesionId })).statusCode).toBe(200)
})

test('signing out ends the session and clears the browser', async () => {
  const [person] = await newPerson()
  const caller = world.as(person!)
  const response = await caller.del('/session')
  expect([response.statusCode, response.headers['clear-site-data'], response.headers['set-cookie']]).toEqual([
    200,
    '"cache", "cookies"',
    '__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0',
  ])
  expect((await caller.get('/session')).statusCode).toBe(401)
  expect((await world.anonymous().del('/session')).statusCode).toBe(200)
})

test('a write from another site is refused, whatever the cookie', async () => {
  const cookie = await world.as(T1).cookie()
  const send = (headers: Record<string, string>) =>
    world.anonymous().post('/demo/horloge', { jours: 0 }, { headers: { cookie, host: 'pass.exemple.fr', ...headers } })
  for (const headers of [
    { origin: 'https://ailleurs.fr' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://pass.exemple.fr.ailleurs.fr' },
  ])
    expect([headers, (await send(headers as Record<string, string>)).statusCode]).toEqual([headers, 403])
  for (const headers of [{ origin: 'https://pass.exemple.fr' }, { 'sec-fetch-site': 'same-origin' }, {}])
    expect((await send(headers as Record<string, string>)).statusCode).toBe(400)
})

test('the demonstration lists its people and lets one in by a click; its clock moves for everybody', async () => {
  const { items } = (await world.anonymous().get('/demo/personnes')).json()
  expect(items.length).toBe(Object.keys(PEOPLE).length)
  const response = await world.anonymous().post('/demo/session', { adhesionId: PEOPLE['structure.mediateur'].adhesionId })
  expect([response.statusCode, response.json().role]).toEqual([201, 'structure.mediateur'])
  expect((await world.anonymous().post('/demo/session', { adhesionId: (await newPerson())[0]!.adhesionId })).statusCode).toBe(404)
  const caller = world.as(T1)
  const key = randomUUID()
  const moved = await caller.post('/demo/horloge', { jours: 3 }, { key })
  expect(moved.json()).toEqual({ maintenant: '2026-03-13T08:00:00.000Z', today: '2026-03-13' })
  expect((await caller.get('/session')).json().today).toBe('2026-03-13')
  expect((await caller.post('/demo/horloge', { jours: 3 }, { key })).headers['idempotency-replayed']).toBe('true')
  expect((await caller.get('/session')).json().today).toBe('2026-03-13')
  expect((await caller.post('/demo/horloge', { jours: 61 })).statusCode).toBe(400)
  // thirty days before the end of the lot: what that morning tells is told
  await caller.post('/demo/horloge', { jours: 60 })
  expect((await caller.post('/demo/horloge', { jours: 19 })).json().today).toBe('2026-05-31')
  await world.runJobs()
  const { rows } = await world.sql.query(`select etape from echeance_alerte where collectivite_id = $1 and jour = '2026-05-31'`, [ORG.t1])
  expect(rows).toEqual([{ etape: 'alerte' }])
})

test('outside the demonstration its routes do not exist', async () => {
  const serious = await createWorld({ demo: false })
  try {
    expect((await serious.anonymous().get('/demo/personnes')).statusCode).toBe(404)
    expect((await serious.anonymous().post('/demo/session', { adhesionId: PEOPLE[T1].adhesionId })).statusCode).toBe(404)
    expect((await serious.as(T1).post('/demo/horloge', { jours: 1 })).statusCode).toBe(404)
    expect((await serious.as(T1).get('/session')).json().demo).toBe(false)
  } finally {
    await serious.close()
  }
})
