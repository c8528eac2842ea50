import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const FSE = 1
const ETAT = 2
const COLLECTIVITE = 3
const brouillon = async () =>
  (await world.as('collectivite.gestionnaire').post('/conventions', conventionRoutes.createConvention.example)).json().id as string
const sign = (
  id: string,
  rang: number,
  role: Parameters<typeof world.as>[0] = rang === ETAT ? 'anct.pilote' : 'collectivite.administrateur',
) => world.as(role).post(`/conventions/${id}/signatures`, { rang, signataire: 'Ada Martin' })
const refusalOf = ({ statusCode, json }: Awaited<ReturnType<typeof sign>>) => [statusCode, json().code]

test('each financeur signs, and the last signature signs the convention', async () => {
  const id = await brouillon()
  const statuts = []
  for (const rang of [COLLECTIVITE, ETAT, FSE]) statuts.push((await sign(id, rang)).json().statut)
  expect(statuts).toEqual(['brouillon', 'brouillon', 'signee'])
  const { dateSignature, financeurs } = (await world.as('anct.pilote').get(`/conventions/${id}`)).json()
  expect(dateSignature).toBe('2026-03-10')
  expect(financeurs.map(({ signataire, dateSignature: day }: { signataire: string; dateSignature: string }) => [signataire, day])).toEqual(
    Array.from({ length: 3 }, () => ['Ada Martin', '2026-03-10']),
  )
  const { rows } = await world.sql.query(
    `select count(*)::int as faits from outbox where sujet = 'convention.signee' and objet ->> 'conventionId' = $1`,
    [id],
  )
  expect(rows[0].faits).toBe(1)
})

test('the ANCT signs for the State alone, the collectivité for the others alone', async () => {
  expect(refusalOf(await sign(CONVENTION.brouillon, ETAT, 'collectivite.administrateur'))).toEqual([409, 'convention_statut'])
  expect(refusalOf(await sign(CONVENTION.brouillon, FSE, 'anct.pilote'))).toEqual([409, 'convention_statut'])
})

test('a financeur signs once, and a signed convention is signed no more', async () => {
  const id = await brouillon()
  await sign(id, FSE)
  expect(refusalOf(await sign(id, FSE))).toEqual([409, 'convention_statut'])
  expect(refusalOf(await sign(CONVENTION.signee, FSE))).toEqual([409, 'convention_statut'])
})

test('a convention is signed on its last day, not after', async () => {
  const id = await brouillon()
  world.setClock('2027-12-31T23:30:00+01:00')
  expect((await sign(id, FSE)).statusCode).toBe(200)
  world.setClock('2028-01-01T00:30:00+01:00')
  expect(refusalOf(await sign(id, COLLECTIVITE))).toEqual([409, 'convention_echue'])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('two signatures of one financeur at once: one wins, the other is refused', async () => {
  const id = await brouillon()
  const answers = await Promise.all([sign(id, FSE), sign(id, FSE)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('two last signatures at once: both are recorded, and the convention is signed', async () => {
  const id = await brouillon()
  await sign(id, COLLECTIVITE)
  const answers = await Promise.all([sign(id, FSE), sign(id, ETAT)])
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  expect((await world.as('anct.pilote').get(`/conventions/${id}`)).json().statut).toBe('signee')
})

test('a stranger and an unknown rank get 404', async () => {
  expect((await sign(CONVENTION.brouillon, FSE, 'autre:collectivite.administrateur')).statusCode).toBe(404)
  expect((await sign(CONVENTION.brouillon, 9)).statusCode).toBe(404)
  expect((await sign(CONVENTION.brouillon, FSE, 'collectivite.gestionnaire')).statusCode).toBe(403)
})
