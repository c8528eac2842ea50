import type { Membre } from '@pass/contracts/equipe.ts'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { MEMBRE, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { newPerson } from '../../../test/new-person.ts'
import { createWorld, type Person } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())
const admin = world.as('collectivite.administrateur')
const lecteur = { role: 'collectivite.lecteur', territoire: [], dateFin: null }
const said = (response: LightMyRequestResponse) => [response.statusCode, response.json().code ?? null]
const mails = async (person: Person) =>
  (
    await world.sql.query<{ modele: string }>('select modele from door.courriel where utilisateur_id = $1 order by id', [
      person.utilisateurId,
    ])
  ).rows.map(({ modele }) => modele)
const someone = async (role = 'collectivite.lecteur', organisation: string = ORG.t1): Promise<Person> =>
  (await newPerson(world, [organisation], role))[0]!

test('the team is listed by name, with what an access review needs; the stranger’s is their own', async () => {
  const { items, total } = (await admin.get('/membres?taille=100')).json<{ items: Membre[]; total: number }>()
  expect(items.map(({ nom, prenom }) => `${nom} ${prenom}`).slice(0, 4)).toEqual([
    'Essai Camille',
    'Essai Claire',
    'Essai Lou',
    'Membre Léonie',
  ])
  expect(total).toBe(items.length)
  const membre = items.find(({ adhesionId }) => adhesionId === MEMBRE.t1.adhesionId)
  expect(membre).toMatchObject({ etat: 'en_cours', secondFacteur: true, revueLe: '2025-07-01', revueDue: true, moi: false })
  expect(membre?.derniereConnexionAt).not.toBeNull()
  expect(items.filter(({ moi }) => moi).map(({ adhesionId }) => adhesionId)).toEqual([PEOPLE['collectivite.administrateur'].adhesionId])
  const other = (await world.as('autre:collectivite.administrateur').get('/membres')).json<{ items: Membre[] }>()
  expect(other.items.map(({ adhesionId }) => adhesionId)).toContain(MEMBRE.t2.adhesionId)
  expect(other.items.map(({ adhesionId }) => adhesionId)).not.toContain(MEMBRE.t1.adhesionId)
})

test('pages go on from one another, and a search finds without accents', async () => {
  for (let n = 0; n < 11; n++) await someone()
  const first = (await admin.get('/membres?taille=10')).json()
  const second = (await admin.get(`/membres?taille=10&apres=${first.suivant}`)).json()
  const ids = [...first.items, ...second.items].map(({ adhesionId }: Membre) => adhesionId)
  expect(new Set(ids).size).toBe(first.total)
  const found = (await admin.get('/membres?recherche=leonie')).json()
  expect(found.items.map(({ adhesionId }: Membre) => adhesionId)).toEqual([MEMBRE.t1.adhesionId])
  expect((await admin.get('/membres?etat=termine')).json().items).toEqual([])
})

test('a role, a territory and an end are changed; the person is told, and acts by their new role at their next call', async () => {
  const person = await someone()
  expect((await world.as(person).get('/membres')).statusCode).toBe(403)
  const response = await admin.put(`/membres/${person.adhesionId}`, {
    role: 'collectivite.administrateur',
    territoire: ['D23'],
    dateFin: '2026-12-31',
  })
  expect(response.json()).toMatchObject({
    role: 'collectivite.administrateur',
    territoire: ['D23'],
    dateFin: '2026-12-31',
    revueLe: '2026-03-10',
    revueDue: false,
  })
  expect(await mails(person)).toEqual(['acces_change'])
  expect((await world.as(person).get('/membres')).statusCode).toBe(200)
})

test('an access ends by itself, the day after its last one', async () => {
  const person = await someone()
  await admin.put(`/membres/${person.adhesionId}`, { ...lecteur, dateFin: '2026-03-10' })
  expect((await world.as(person).get('/session')).statusCode).toBe(200)
  world.setClock('2026-03-11T08:00:00.000Z')
  expect((await world.as(person).get('/session')).statusCode).toBe(403)
  expect((await admin.get('/membres?etat=termine')).json().items.map(({ adhesionId }: Membre) => adhesionId)).toEqual([person.adhesionId])
  world.setClock('2026-03-10T08:00:00.000Z')
})

test('refusals: oneself, a role of another type, a past end, a territory beyond one’s own, the same role twice', async () => {
  const person = await someone()
  const to = (adhesionId: string, body: object) => admin.put(`/membres/${adhesionId}`, { ...lecteur, ...body })
  expect(said(await to(PEOPLE['collectivite.administrateur'].adhesionId, {}))).toEqual([409, 'habilitation_refusee'])
  expect(said(await to(person.adhesionId, { role: 'operateur.gestionnaire' }))).toEqual([409, 'habilitation_refusee'])
  expect(said(await to(person.adhesionId, { dateFin: '2026-03-09' }))).toEqual([400, 'demande_malformee'])
  expect(said(await to(person.adhesionId, { territoire: ['D62'] }))).toEqual([400, 'demande_malformee'])
  expect(said(await to(person.adhesionId, { territoire: ['D99'] }))).toEqual([400, 'demande_malformee'])
  expect((await to(person.adhesionId, { territoire: ['D62'] })).json().erreurs).toEqual([
    { chemin: 'territoire', message: expect.stringContaining('territoires') },
  ])
  // a commune of the département
  expect((await to(person.adhesionId, { territoire: ['C23025'] })).statusCode).toBe(200)
  const twin = { ...person, adhesionId: '0192d1c0-0000-7000-8000-aa0000000001' }
  await world.sql.query(
    "insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values ($1, $2, $3, 'collectivite.gestionnaire', '2026-01-01')",
    [twin.adhesionId, ORG.t1, person.utilisateurId],
  )
  expect(said(await to(twin.adhesionId, { role: 'collectivite.lecteur' }))).toEqual([409, 'deja_membre'])
  // an ended one gives its place
  await admin.del(`/membres/${person.adhesionId}`)
  expect((await to(twin.adhesionId, { role: 'collectivite.lecteur' })).statusCode).toBe(200)
})

test('preparing, approving and releasing are three people', async () => {
  const [preparateur] = await newPerson(world, [ORG.o1], 'operateur.finance_preparateur')
  await world.sql.query(
    "insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values ($1, $2, $3, 'operateur.labellisateur', '2026-01-01')",
    ['0192d1c0-0000-7000-8000-aa0000000002', ORG.o1, preparateur!.utilisateurId],
  )
  const change = (role: string) =>
    world.as('operateur.gestionnaire').put('/membres/0192d1c0-0000-7000-8000-aa0000000002', { role, territoire: [], dateFin: null })
  expect(said(await change('operateur.finance_approbateur'))).toEqual([409, 'roles_incompatibles'])
  expect((await change('operateur.support')).statusCode).toBe(200)
})

test('a leaver is refused at their next call, told by mail, and leaves neither PIN nor desk behind', async () => {
  const person = await someone()
  const poste = (await world.sql.query<{ id: string }>('select id from poste where organisation_id = $1', [ORG.t1])).rows[0]!.id
  await world.sql.query('insert into door.pin (organisation_id, utilisateur_id, pin) values ($1, $2, $3)', [
    ORG.t1,
    person.utilisateurId,
    'x',
  ])
  await world.sql.query('insert into door.poste_personne (poste_id, adhesion_id) values ($1, $2)', [poste, person.adhesionId])
  expect((await world.as(person).get('/session')).statusCode).toBe(200)
  expect((await admin.del(`/membres/${person.adhesionId}`)).json()).toMatchObject({ etat: 'termine', revueDue: false })
  expect(said(await world.as(person).get('/session'))).toEqual([403, 'droit_absent'])
  expect(await mails(person)).toEqual(['acces_retire'])
  const left = await world.sql.query(
    'select 1 from door.pin where utilisateur_id = $1 union all select 1 from door.poste_personne where adhesion_id = $2',
    [person.utilisateurId, person.adhesionId],
  )
  expect(left.rows).toEqual([])
  expect(said(await admin.del(`/membres/${person.adhesionId}`))).toEqual([409, 'membre_etat'])
  expect(said(await admin.put(`/membres/${person.adhesionId}`, lecteur))).toEqual([409, 'membre_etat'])
  expect(said(await admin.post(`/membres/${person.adhesionId}/revue`))).toEqual([409, 'membre_etat'])
})

test('an access is confirmed for 6 months', async () => {
  expect((await admin.post(`/membres/${MEMBRE.t1.adhesionId}/revue`)).json()).toMatchObject({ revueLe: '2026-03-10', revueDue: false })
  world.setClock('2026-09-10T08:00:00.000Z')
  const { items } = (await admin.get('/membres?recherche=leonie')).json()
  expect(items[0]).toMatchObject({ revueDue: true })
  world.setClock('2026-03-10T08:00:00.000Z')
})

test('a stranger gets 404, a role that does not administer 403, whoever did not prove who they are 403', async () => {
  const path = `/membres/${MEMBRE.t1.adhesionId}`
  const stranger = world.as('autre:collectivite.administrateur')
  expect([
    (await stranger.put(path, lecteur)).statusCode,
    (await stranger.del(path)).statusCode,
    (await stranger.post(`${path}/revue`)).statusCode,
  ]).toEqual([404, 404, 404])
  expect((await world.as('collectivite.gestionnaire').del(path)).statusCode).toBe(403)
  const unproved = world.asWith('collectivite.administrateur', { preuve: false })
  expect(said(await unproved.del(path))).toEqual([403, 'preuve_requise'])
  expect(said(await unproved.put(path, lecteur))).toEqual([403, 'preuve_requise'])
})

test('the last administrator stays; two who withdraw each other at once leave one', async () => {
  const [last] = await newPerson(world, [ORG.p2], 'prescripteur.responsable')
  expect(said(await world.as(last!).del(`/membres/${last!.adhesionId}`))).toEqual([409, 'dernier_administrateur'])
  const outcomes = new Map<string, number>()
  for (let round = 0; round < 10; round++) {
    await world.sql.query('update adhesion set retiree_at = now() where organisation_id = $1', [ORG.p2])
    const [a] = await newPerson(world, [ORG.p2], 'prescripteur.responsable')
    const [b] = await newPerson(world, [ORG.p2], 'prescripteur.responsable')
    // both are signed in before either acts
    await Promise.all([a!, b!].map((one) => world.as(one).get('/session')))
    const responses = await Promise.all([world.as(a!).del(`/membres/${b!.adhesionId}`), world.as(b!).del(`/membres/${a!.adhesionId}`)])
    const key = responses
      .map(({ statusCode }) => statusCode)
      .toSorted((one, two) => one - two)
      .join(' ')
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
    const { rows } = await world.sql.query<{ n: number }>(
      "select count(*)::int n from adhesion where organisation_id = $1 and role = 'prescripteur.responsable' and retiree_at is null",
      [ORG.p2],
    )
    expect(rows[0]!.n).toBe(1)
  }
  console.log(`two administrators withdraw each other: ${JSON.stringify([...outcomes])}`)
  expect([...outcomes.keys()].every((key) => key === '200 403')).toBe(true)
})

test('an administrator may leave when another one administers', async () => {
  const [a] = await newPerson(world, [ORG.p2], 'prescripteur.responsable')
  expect((await world.as(a!).del(`/membres/${a!.adhesionId}`)).statusCode).toBe(200)
})
