import { Convention, conventionRoutes } from '@pass/contracts/conventions.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const list = async (role: Parameters<typeof world.as>[0], query = '') =>
  conventionRoutes.listConventions.response.parse((await world.as(role).get(`/conventions${query}`)).json())
const read = async (role: Parameters<typeof world.as>[0], id: string = CONVENTION.cv1) =>
  Convention.parse((await world.as(role).get(`/conventions/${id}`)).json())

test('each organisation lists the conventions that are something to it', async () => {
  const ids = async (role: Parameters<typeof world.as>[0]) => (await list(role)).items.map(({ id }) => id)
  const ofT1 = [CONVENTION.signee, CONVENTION.brouillon, CONVENTION.cv1]
  expect(await ids('collectivite.lecteur')).toEqual(ofT1)
  expect(await ids('operateur.gestionnaire')).toEqual(ofT1)
  expect(await ids('financeur.lecteur')).toEqual(ofT1)
  expect(await ids('anct.pilote')).toEqual([CONVENTION.cv2, ...ofT1])
  expect(await ids('autre:collectivite.lecteur')).toEqual([CONVENTION.cv2])
})

test('the list filters by statut and counts what it filters', async () => {
  const { items, total, suivant } = await list('collectivite.lecteur', '?statut=brouillon')
  expect([items.map(({ reference }) => reference), total, suivant]).toEqual([['C-2026-002'], 1, null])
})

test('the list goes on from its cursor, none lost, none twice', async () => {
  await world.sql.query(
    `insert into convention (collectivite_id, id, operateur_id, reference, nom, date_debut, date_fin, montant_centimes)
     select $1, uuidv7(), $2, 'C-2025-' || n, 'Ancienne', '2025-01-01', '2025-12-31', 1000 from generate_series(100, 123) n`,
    [ORG.t1, ORG.o1],
  )
  const first = await list('collectivite.lecteur', '?taille=10')
  const second = await list('collectivite.lecteur', `?taille=10&apres=${first.suivant}`)
  const third = await list('collectivite.lecteur', `?taille=10&apres=${second.suivant}`)
  const seen = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id))
  expect([new Set(seen).size, seen.length, first.total, third.suivant]).toEqual([27, 27, 27, null])
  expect((await world.as('collectivite.lecteur').get('/conventions?apres=ici')).statusCode).toBe(400)
})

test('the money of a convention is told to each as far as it is theirs', async () => {
  const collectivite = await read('collectivite.lecteur')
  expect(collectivite).toMatchObject({
    reference: 'C-2026-001',
    fondsCentimes: 30_000,
    dateFin: '2027-12-31',
    publics: ['minima_sociaux', 'demandeurs_emploi', 'seniors'],
  })
  expect(collectivite.financeurs.map(({ nature, cleBp, estRepli }) => [nature, cleBp, estRepli])).toEqual([
    ['fse', 6000, false],
    ['etat', 2000, false],
    ['collectivite', 2000, true],
  ])
  const { rows } = await world.sql.query(
    `select sum(montant_centimes)::int as face from commande where convention_id = $1 and statut <> 'annulee'`,
    [CONVENTION.cv1],
  )
  expect(collectivite.commandeCentimes).toBe(rows[0].face)
  expect((await read('operateur.support')).financeurs).toEqual([])
  expect(await read('operateur.support')).toMatchObject({ fondsCentimes: 30_000, commandeCentimes: rows[0].face })
  const anct = await read('anct.instructeur')
  expect([anct.financeurs.length, anct.commandeCentimes, anct.fondsCentimes]).toEqual([3, rows[0].face, null])
  const financeur = await read('financeur.auditeur')
  expect([financeur.financeurs.map(({ nom }) => nom), financeur.commandeCentimes, financeur.fondsCentimes]).toEqual([
    ['Fonds social européen'],
    null,
    null,
  ])
})

test('a stranger gets 404, a role without the droit 403', async () => {
  for (const role of ['autre:collectivite.administrateur', 'autre:operateur.gestionnaire', 'autre:financeur.lecteur'] as const)
    expect((await world.as(role).get(`/conventions/${CONVENTION.cv1}`)).statusCode).toBe(404)
  expect((await world.as('collectivite.lecteur').get(`/conventions/${CONVENTION.cv2}`)).statusCode).toBe(404)
  expect((await world.as('structure.mediateur').get(`/conventions/${CONVENTION.cv1}`)).statusCode).toBe(403)
})
