import { afterAll, beforeAll, expect, test } from 'vitest'
import { ATELIER, ORG, PEOPLE, SESSION } from '../../../../../prisma/seed/base/ids.ts'
import { newBrowser, newPerson } from '../../../test/new-person.ts'
import { createWorld, type Person, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const person = async (organisations: readonly string[] = [ORG.t1], role?: string) => newPerson(world, organisations, role)
const change = (text: string, id: string) => world.sql.query(text, [id])
const codes = async (calls: Iterable<Promise<{ statusCode: number; json: () => { code?: string } }>>) => {
  const found: string[] = []
  for (const call of calls) {
    const response = await call
    found.push(`${response.statusCode} ${response.json().code ?? ''}`.trim())
  }
  return found
}

/** One call of each kind: a read, a journaled read by a statement, a write, an act of the session. */
const oneOfEach = (who: Person, caller = world.as(who)) => [
  caller.get('/ateliers'),
  caller.post(`/ateliers/${ATELIER.a1}/verifications`, { pass: ['0000-0000-0000'] }),
  caller.post(`/ateliers/${ATELIER.a1}/annulation`, { motif: 'x' }),
]

test('signing out empties the browser; a trusted desk stays one', async () => {
  const [someone] = await person()
  const browser = newBrowser(world)
  await browser.signIn(someone!)
  const out = await browser.del('/session')
  expect([out.headers['clear-site-data'], browser.cookies.size]).toEqual(['"cache", "cookies"', 0])
  browser.cookies.set('__Host-poste', 'p'.repeat(43))
  await browser.signIn(someone!)
  const desk = await browser.del('/session')
  expect([desk.headers['clear-site-data'], [...browser.cookies.keys()]]).toEqual(['"cache"', ['__Host-poste']])
})

test('what the browser kept goes when another person comes, and stays for the same one, even after the end', async () => {
  const [one] = await person()
  const [other] = await person()
  const browser = newBrowser(world)
  expect((await browser.signIn(one!)).headers['clear-site-data']).toBeUndefined()
  await change("update session set seen_at = now() - interval '1 hour' where utilisateur_id = $1", one!.utilisateurId)
  expect((await browser.signIn(one!)).headers['clear-site-data']).toBeUndefined()
  await change("update session set seen_at = now() - interval '1 hour' where utilisateur_id = $1", one!.utilisateurId)
  expect((await browser.signIn(other!)).headers['clear-site-data']).toBe('"cache"')
})

test('a disabled user, an ended session: 401 on every kind of call', async () => {
  const [disabled] = await person([ORG.s1], 'structure.responsable')
  const [ended] = await person([ORG.s1], 'structure.responsable')
  for (const who of [disabled!, ended!]) expect((await world.as(who).get('/ateliers')).statusCode).toBe(200)
  await change('update utilisateur set desactive_at = now() where id = $1', disabled!.utilisateurId)
  await change('update session set ended_at = now() where utilisateur_id = $1', ended!.utilisateurId)
  for (const who of [disabled!, ended!]) {
    expect(await codes(oneOfEach(who))).toEqual(Array.from({ length: 3 }, () => '401 non_connecte'))
    expect((await world.as(who).put('/session/adhesion', { adhesionId: who.adhesionId })).statusCode).toBe(401)
  }
})

test.each([
  ['withdrawn', 'update adhesion set retiree_at = now() where id = $1'],
  ['ended by its date', "update adhesion set date_fin = '2026-03-09' where id = $1"],
  ['not begun', "update adhesion set date_debut = '2026-03-11' where id = $1"],
])('an adhesion %s: 403 at the next call of every kind, and one may still go to another', async (_, text) => {
  const [here, there] = await person([ORG.s1, ORG.s2], 'structure.responsable')
  expect((await world.as(here!).get('/ateliers')).statusCode).toBe(200)
  await change(text, here!.adhesionId)
  expect(await codes(oneOfEach(here!))).toEqual(Array.from({ length: 3 }, () => '403 droit_absent'))
  expect(await codes([world.as(here!).post('/session/poste', { nom: 'Accueil' })])).toEqual(['403 droit_absent'])
  expect((await world.as(here!).put('/session/adhesion', { adhesionId: there!.adhesionId })).statusCode).toBe(200)
})

test('a second factor that the person registered is asked of every kind of call, the counter’s statements included', async () => {
  const [keyed] = await person([ORG.s1], 'structure.responsable')
  await change(
    "insert into door.passkey (utilisateur_id, credential_id, cle_publique, nom) select u.id, u.id::text, 'x', 'Clé' from utilisateur u where u.id = $1",
    keyed!.utilisateurId,
  )
  expect(await codes(oneOfEach(keyed!, world.asWith(keyed!, { secondFacteur: false })))).toEqual(
    Array.from({ length: 3 }, () => '403 second_facteur_requis'),
  )
  expect((await world.asWith(keyed!, {}).get('/ateliers')).statusCode).toBe(200)
})

test('the session tells what is left of it and what it is worth', async () => {
  const [someone] = await person([ORG.t1, ORG.s1])
  const caller = world.asWith(someone!, { secondFacteur: false, preuve: false })
  expect((await caller.get('/session')).json()).toMatchObject({
    guichet: false,
    poste: null,
    inactiviteMinutes: 30,
    secondFacteur: { requis: false, prouve: false, methodes: [] },
    preuve: { restantSecondes: 0 },
    consultation: null,
    notificationsNonLues: 0,
    departement: '23',
    siret: '22230001000013',
  })
  await change(
    "update session set guichet = true, created_at = now() - interval '9 hours 30 minutes', preuve_at = now() - interval '9 minutes' where utilisateur_id = $1",
    someone!.utilisateurId,
  )
  await change(
    "insert into notification (organisation_id, utilisateur_id, categorie, code, titre) select organisation_id, utilisateur_id, 'suivi', 'x', 'x' from adhesion where id = $1",
    someone!.adhesionId,
  )
  const facts = (await caller.get('/session')).json()
  expect(facts).toMatchObject({ guichet: true, inactiviteMinutes: 10, notificationsNonLues: 1 })
  expect(facts.restantSecondes).toBeGreaterThan(1700)
  expect(facts.restantSecondes).toBeLessThanOrEqual(1800)
  expect(facts.preuve.restantSecondes).toBeGreaterThan(0)
  expect(facts.preuve.restantSecondes).toBeLessThanOrEqual(60)
})

test('switching gives no hour back', async () => {
  const [here, there] = await person([ORG.t1, ORG.s1])
  const browser = newBrowser(world)
  await browser.signIn(here!)
  await change("update session set created_at = now() - interval '9 hours 59 minutes' where utilisateur_id = $1", here!.utilisateurId)
  expect((await browser.put('/session/adhesion', { adhesionId: there!.adhesionId })).json().restantSecondes).toBeLessThanOrEqual(60)
  await change("update session set created_at = now() - interval '10 hours' where utilisateur_id = $1", here!.utilisateurId)
  expect((await browser.get('/session')).statusCode).toBe(401)
})

test('one lists one’s own sessions, closes one, closes the others; somebody else’s does not exist', async () => {
  const [here, there] = await person([ORG.t1, ORG.s1])
  const [first, second, third, forgotten] = [newBrowser(world), newBrowser(world), newBrowser(world), newBrowser(world)]
  for (const browser of [forgotten, first, second, third]) await browser.signIn(here!)
  await world.sql.query(
    "update session set seen_at = now() - interval '1 hour' where utilisateur_id = $1 and id = (select id from session where utilisateur_id = $1 order by id limit 1)",
    [here!.utilisateurId],
  )
  await third.put('/session/adhesion', { adhesionId: there!.adhesionId })
  const list = async () =>
    (await first.get('/moi/sessions')).json().items as { id: string; courante: boolean; organisation: { id: string } }[]
  const open = await list()
  expect(open.map(({ courante }) => Number(courante)).toSorted((a, b) => a - b)).toEqual([0, 0, 1])
  expect(new Set(open.map(({ organisation }) => organisation.id)).size).toBe(2)
  const other = open.find(({ courante }) => !courante)!
  expect((await first.del(`/moi/sessions/${other.id}`)).json()).toEqual({ fait: true })
  expect((await first.del(`/moi/sessions/${other.id}`)).statusCode).toBe(404)
  for (const id of [SESSION.t1, SESSION.t2]) expect((await first.del(`/moi/sessions/${id}`)).statusCode).toBe(404)
  expect((await first.del('/moi/sessions')).json()).toEqual({ fermees: 1 })
  expect(await list()).toMatchObject([{ courante: true }])
  expect(await codes([first.get('/session'), second.get('/session'), third.get('/session')])).toEqual([
    '200',
    '401 non_connecte',
    '401 non_connecte',
  ])
  const { rows } = await world.sql.query(
    "select count(*)::int n from audit_event where utilisateur_id = $1 and action = 'session.fermee'",
    [here!.utilisateurId],
  )
  expect(rows[0].n).toBe(2)
  expect((await world.as('collectivite.administrateur').get('/moi/sessions')).body).not.toContain(
    PEOPLE['structure.mediateur'].utilisateurId,
  )
})
