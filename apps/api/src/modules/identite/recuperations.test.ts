import type { Recuperation } from '@pass/contracts/equipe.ts'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { MEMBRE, ORG, PASSKEY, PEOPLE, RECUPERATION } from '../../../../../prisma/seed/base/ids.ts'
import { newPerson } from '../../../test/new-person.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())
const admin = world.as('collectivite.administrateur')
const VERIFIE = { verifie: true }
const path = `/recuperations/${RECUPERATION.t1}`
const said = (response: LightMyRequestResponse) => [response.statusCode, response.json().code ?? null]
const mails = async () =>
  (
    await world.sql.query<{ modele: string; objet: object }>(
      'select modele, objet from door.courriel where utilisateur_id = $1 order by id',
      [MEMBRE.t1.utilisateurId],
    )
  ).rows
const factors = async () =>
  (
    await world.sql.query<{ n: number }>(
      'select ((select count(*) from door.passkey where utilisateur_id = $1) + (select count(*) from door.totp where utilisateur_id = $1))::int n',
      [MEMBRE.t1.utilisateurId],
    )
  ).rows[0]!.n

beforeEach(async () => {
  await world.sql.query('delete from door.courriel')
  await world.sql.query(
    "update recuperation set statut = 'demandee', decidee_at = null, decidee_par = null, expire_at = now() + interval '1 day'",
  )
  await world.sql.query(
    "insert into door.passkey (id, utilisateur_id, credential_id, cle_publique, nom) values ($1, $2, 'exemple-t1', 'x', 'Téléphone') on conflict do nothing",
    [PASSKEY.t1, MEMBRE.t1.utilisateurId],
  )
})

test('the requests that the organisation decides, with whether one may', async () => {
  const { items } = (await admin.get('/recuperations')).json<{ items: Recuperation[] }>()
  expect(items).toMatchObject([
    { id: RECUPERATION.t1, personne: 'Léonie Membre', courriel: 'membre-t1@exemple.fr', statut: 'demandee', raison: null },
  ])
  expect((await world.as('collectivite.lecteur').get('/recuperations')).statusCode).toBe(403)
})

test('granted: the factors go, every session ends, the person is told; once', async () => {
  const person = world.as(MEMBRE.t1)
  expect((await person.get('/session')).statusCode).toBe(200)
  expect(await factors()).toBe(1)
  expect((await admin.post(`${path}/accord`, VERIFIE)).json()).toMatchObject({ statut: 'accordee', raison: expect.any(String) })
  expect(await factors()).toBe(0)
  expect((await person.get('/session')).statusCode).toBe(401)
  expect(await mails()).toEqual([{ modele: 'recuperation_accordee', objet: { recuperationId: RECUPERATION.t1 } }])
  expect(said(await admin.post(`${path}/accord`, VERIFIE))).toEqual([409, 'recuperation_etat'])
  expect(said(await admin.post(`${path}/refus`))).toEqual([409, 'recuperation_etat'])
})

test('refused: the person is told, and keeps what they have', async () => {
  expect((await admin.post(`${path}/refus`)).json()).toMatchObject({ statut: 'refusee' })
  expect(await factors()).toBe(1)
  expect((await mails()).map(({ modele }) => modele)).toEqual(['recuperation_refusee'])
})

test('two people decide at once: one decision', async () => {
  const [other] = await newPerson(world, [ORG.t1], 'collectivite.administrateur')
  const responses = await Promise.all([admin.post(`${path}/accord`, VERIFIE), world.as(other!).post(`${path}/refus`)])
  expect(responses.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await mails()).toHaveLength(1)
})

test('not one’s own, not too late, not a stranger’s, not without having recognised the person, nor proved who one is', async () => {
  await world.sql.query("update adhesion set role = 'collectivite.administrateur' where id = $1", [MEMBRE.t1.adhesionId])
  await world.sql.query('update recuperation set utilisateur_id = $1 where id = $2', [
    PEOPLE['collectivite.administrateur'].utilisateurId,
    RECUPERATION.t1,
  ])
  expect(said(await admin.post(`${path}/accord`, VERIFIE))).toEqual([409, 'meme_personne'])
  expect(said(await admin.post(`${path}/refus`))).toEqual([409, 'meme_personne'])
  await world.sql.query('update recuperation set utilisateur_id = $1 where id = $2', [MEMBRE.t1.utilisateurId, RECUPERATION.t1])
  await world.sql.query("update recuperation set expire_at = now() - interval '1 second' where id = $1", [RECUPERATION.t1])
  expect(said(await admin.post(`${path}/accord`, VERIFIE))).toEqual([409, 'recuperation_etat'])
  expect((await world.as('autre:collectivite.administrateur').post(`${path}/accord`, VERIFIE)).statusCode).toBe(404)
  expect((await admin.post(`${path}/accord`, { verifie: false })).statusCode).toBe(400)
  expect(said(await world.asWith('collectivite.administrateur', { preuve: false }).post(`${path}/accord`, VERIFIE))).toEqual([
    403,
    'preuve_requise',
  ])
  expect(await factors()).toBe(1)
})
