import { Convention, conventionRoutes } from '@pass/contracts/conventions.ts'
import { afterAll, expect, test } from 'vitest'
import { ORG } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const example = conventionRoutes.createConvention.example
const create = (changes: object = {}, options?: { key: string }) =>
  world.as('collectivite.gestionnaire').post('/conventions', { ...example, ...changes }, options)
const [fse, etat, collectivite] = example.financeurs

test('a convention is prepared with the next number, its key and the parameters by default', async () => {
  const response = await create()
  expect(response.statusCode).toBe(201)
  expect(Convention.parse(response.json())).toMatchObject({
    reference: 'C-2026-004',
    statut: 'brouillon',
    collectivite: { id: ORG.t1 },
    operateur: { id: ORG.o1, nom: 'Opérateur Modèle' },
    dateDebut: '2026-03-01',
    dateFin: '2027-12-31',
    valeurFacialeCentimes: 1000,
    validiteMois: 12,
    dateSignature: null,
    commandeCentimes: 0,
    fondsCentimes: 0,
  })
  expect(
    response
      .json()
      .financeurs.map(({ rang, cleBp, signataire }: { rang: number; cleBp: number; signataire: null }) => [rang, cleBp, signataire]),
  ).toEqual([
    [1, 6000, null],
    [2, 2000, null],
    [3, 2000, null],
  ])
})

test('a financeur that has an account here reads the convention it pays', async () => {
  const { id } = (await create()).json()
  expect((await world.as('financeur.lecteur').get(`/conventions/${id}`)).statusCode).toBe(200)
  expect((await world.as('autre:financeur.lecteur').get(`/conventions/${id}`)).statusCode).toBe(404)
})

test('a key that does not add up to 100 % is refused by the body alone, with what is missing, and takes no number', async () => {
  const before = Number((await create()).json().reference.slice(-3))
  const response = await create({ financeurs: [fse, { ...etat, cleBp: 1000 }, collectivite] })
  expect([response.statusCode, response.json().code, response.json().message]).toEqual([
    400,
    'convention_cle_incomplete',
    'Les parts totalisent 90\u00a0% au lieu de 100\u00a0%\u00a0: il manque 10\u00a0%.',
  ])
  expect(Number((await create()).json().reference.slice(-3))).toBe(before + 1)
})

test.each([
  ['two fallbacks', { financeurs: [{ ...fse, estRepli: true }, etat, collectivite] }, 'financeurs'],
  ['no fallback', { financeurs: [fse, etat, { ...collectivite, estRepli: false }] }, 'financeurs'],
  ['a capped fallback', { financeurs: [fse, etat, { ...collectivite, plafondCentimes: 100 }] }, 'financeurs'],
  ['an end before its start', { dateFin: '2026-02-28' }, 'dateFin'],
])('%s is a 400 that names its field', async (_, changes, chemin) => {
  const response = await create(changes)
  expect([response.statusCode, response.json().code, response.json().erreurs[0].chemin]).toEqual([400, 'convention_invalide', chemin])
})

test('the operator is one of the list', async () => {
  const response = await create({ operateurId: ORG.p1 })
  expect([response.statusCode, response.json().code, response.json().erreurs[0].chemin]).toEqual([
    409,
    'convention_invalide',
    'operateurId',
  ])
})

test('the same key makes one convention, two at once take two numbers', async () => {
  const key = '11111111-1111-4111-8111-111111111111'
  const [first, replay] = [await create({}, { key }), await create({}, { key })]
  expect(replay.json()).toEqual(first.json())
  const twins = await Promise.all([create(), create()])
  expect(new Set(twins.map((response) => response.json().reference)).size).toBe(2)
})

test('only the collectivité’s managers prepare one', async () => {
  for (const role of ['collectivite.lecteur', 'anct.pilote', 'operateur.gestionnaire'] as const)
    expect((await world.as(role).post('/conventions', example)).statusCode).toBe(403)
})
