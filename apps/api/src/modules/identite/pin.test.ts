import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORG } from '../../../../../prisma/seed/base/ids.ts'
import { newPerson } from '../../../test/new-person.ts'
import { createWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const stored = async (utilisateurId: string) =>
  (await world.sql.query('select organisation_id, pin, essais from door.pin where utilisateur_id = $1', [utilisateurId])).rows

test('a PIN is chosen for one organisation, kept hashed, changed, taken away', async () => {
  const [here, there] = await newPerson(world, [ORG.t1, ORG.s1])
  const chosen = await world.as(here!).put('/moi/pin', { pin: '481207' })
  expect([chosen.statusCode, chosen.json().pin]).toEqual([200, true])
  expect(await stored(here!.utilisateurId)).toMatchObject([
    { organisation_id: ORG.t1, pin: expect.stringMatching(/^\$argon2id\$/), essais: 0 },
  ])
  expect((await world.as(there!).get('/moi')).json().pin).toBe(false)
  await world.sql.query('update door.pin set essais = 5 where utilisateur_id = $1', [here!.utilisateurId])
  await world.as(here!).put('/moi/pin', { pin: '905183' })
  expect(await stored(here!.utilisateurId)).toMatchObject([{ essais: 0 }])
  expect((await world.as(here!).del('/moi/pin')).json().pin).toBe(false)
  expect(await stored(here!.utilisateurId)).toEqual([])
  expect((await world.as(here!).del('/moi/pin')).statusCode).toBe(200)
})

test('one that is guessed is refused, and none is chosen without a proof', async () => {
  const [someone] = await newPerson(world, [ORG.t1])
  for (const pin of ['123456', '140789', '111111'])
    expect((await world.as(someone!).put('/moi/pin', { pin })).json()).toMatchObject({ status: 409, code: 'pin_faible' })
  expect((await world.as(someone!).put('/moi/pin', { pin: '12345' })).statusCode).toBe(400)
  expect((await world.asWith(someone!, { preuve: false }).put('/moi/pin', { pin: '481207' })).json().code).toBe('preuve_requise')
  expect(await stored(someone!.utilisateurId)).toEqual([])
})

test('no PIN is in the journal nor in the answers that are kept, not even by a hash that anyone could make again', async () => {
  const [someone] = await newPerson(world, [ORG.t1])
  await world.as(someone!).put('/moi/pin', { pin: '730594' })
  const { rows } = await world.sql.query(
    `select (select count(*)::int from audit_event a where a.utilisateur_id = $1 and a::text like '%730594%') journal,
            (select count(*)::int from idempotence i where i.utilisateur_id = $1 and (i.reponse like '%730594%' or i.empreinte = sha256('[null,null,{"pin":"730594"}]'))) reponses,
            (select count(*)::int from idempotence i where i.utilisateur_id = $1) gardees`,
    [someone!.utilisateurId],
  )
  expect(rows[0]).toEqual({ journal: 0, reponses: 0, gardees: 1 })
})
