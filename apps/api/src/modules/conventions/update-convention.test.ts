import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, LIEU, ORG, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { prepared, signed } from '../../../test/conventions.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const EXAMPLE = conventionVersionRoutes.updateConvention.example
const update = (id: string, changes: object = {}, role: PersonKey = 'collectivite.gestionnaire') =>
  world.as(role).put(`/conventions/${id}`, { ...EXAMPLE, ...changes })
const refusalOf = async (answer: ReturnType<typeof update>) => {
  const { statusCode, json } = await answer
  return [statusCode, json().code, json().erreurs?.[0]?.chemin]
}

test('every parameter of a brouillon is written again, its key and its list of lieux too', async () => {
  const id = await prepared(world)
  const changes = {
    nom: 'Seniors 2026–2028',
    dateDebut: '2026-04-01',
    dateFin: '2028-06-30',
    montantCentimes: 9_900_000,
    carnetTaille: 5,
    valeurFacialeCentimes: 1500,
    validiteMois: 18,
    toleranceJours: 45,
    reclamationJours: 90,
    passParAtelier: 2,
    passParAtelierLong: 3,
    passParDemiJournee: 4,
    quotaPicBp: 6000,
    fraisAmontBp: 350,
    fse: false,
    identite: 'anonyme',
    publics: ['seniors', 'handicap'],
    criteres: [{ public: 'seniors', texte: 'À partir de 62 ans.' }],
    territoire: ['D23', 'C23025'],
    lieuxAdmis: 'liste',
  }
  const financeurs = [
    { nature: 'prive', nom: 'Fondation Exemple', cleBp: 2500, plafondCentimes: 500_000, estRepli: false },
    { nature: 'collectivite', nom: 'Département de la Creuse', cleBp: 7500, plafondCentimes: null, estRepli: true },
  ]
  const answer = await update(id, { ...changes, lieux: [LIEU.l1, LIEU.l2], financeurs })
  expect(answer.statusCode).toBe(200)
  const read = (await world.as('collectivite.lecteur').get(`/conventions/${id}`)).json()
  expect(read).toMatchObject({ ...changes, statut: 'brouillon', version: 1 })
  expect(read.financeurs.map(({ nom, cleBp, plafondCentimes }: Record<string, unknown>) => [nom, cleBp, plafondCentimes])).toEqual([
    ['Fondation Exemple', 2500, 500_000],
    ['Département de la Creuse', 7500, null],
  ])
  const { items } = (await world.as('collectivite.lecteur').get(`/conventions/${id}/lieux`)).json()
  expect(items.map(({ nom }: { nom: string }) => nom)).toEqual(['Espace Sans Compte', 'Le Chai'])
  await update(id, { lieuxAdmis: 'liste', lieux: [LIEU.l2] })
  const after = (await world.as('collectivite.lecteur').get(`/conventions/${id}/lieux`)).json()
  expect(after.items.map((lieu: { id: string }) => lieu.id)).toEqual([LIEU.l2])
})

test('wrong by the body alone: 400 that names the field, and nothing is written', async () => {
  const id = await prepared(world)
  const before = (await world.as('collectivite.lecteur').get(`/conventions/${id}`)).json()
  const [fse, etat, collectivite] = EXAMPLE.financeurs
  expect(await refusalOf(update(id, { financeurs: [fse, etat, { ...collectivite, cleBp: 1999 }] }))).toEqual([
    400,
    'convention_cle_incomplete',
    'financeurs',
  ])
  expect(await refusalOf(update(id, { dateFin: '2026-02-01' }))).toEqual([400, 'convention_invalide', 'dateFin'])
  expect(await refusalOf(update(id, { passParDemiJournee: 1 }))).toEqual([400, 'convention_invalide', 'passParDemiJournee'])
  expect(await refusalOf(update(id, { lieuxAdmis: 'liste' }))).toEqual([400, 'convention_invalide', 'lieux'])
  expect(await refusalOf(update(id, { toleranceJours: 400 }))).toEqual([400, 'demande_malformee', 'toleranceJours'])
  expect(await refusalOf(update(id, { lieuxAdmis: 'liste', lieux: [ORG.t1] }))).toEqual([409, 'convention_invalide', 'lieux'])
  expect(await refusalOf(update(id, { operateurId: ORG.p1 }))).toEqual([409, 'convention_invalide', 'operateurId'])
  expect((await world.as('collectivite.lecteur').get(`/conventions/${id}`)).json()).toEqual(before)
})

test('a signature begun is begun again knowingly; a signed convention is edited no more', async () => {
  const id = await prepared(world)
  await world.as('collectivite.administrateur').post(`/conventions/${id}/signatures`, { rang: 1, signataire: 'Ada Martin' })
  expect(await refusalOf(update(id))).toEqual([409, 'signature_presente', undefined])
  const again = await update(id, { recommencer: true })
  expect(again.json().financeurs.map(({ signataire }: { signataire: string | null }) => signataire)).toEqual([null, null, null])
  const { items } = (await world.as('collectivite.lecteur').get(`/conventions/${id}/etapes`)).json()
  expect(items.map(({ action }: { action: string }) => action)).toEqual(['modification', 'signature', 'preparation'])
  expect(await refusalOf(update(await signed(world)))).toEqual([409, 'convention_statut', undefined])
})

test('a stranger gets 404, a reader 403', async () => {
  expect((await update(CONVENTION.brouillon, {}, 'autre:collectivite.gestionnaire')).statusCode).toBe(404)
  expect((await update(CONVENTION.brouillon, {}, 'collectivite.lecteur')).statusCode).toBe(403)
  expect((await update(CONVENTION.brouillon, {}, 'anct.pilote')).statusCode).toBe(403)
})
