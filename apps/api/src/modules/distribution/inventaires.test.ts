import { inventaireRoutes } from '@pass/contracts/inventaires.ts'
import { oppositionRoutes } from '@pass/contracts/oppositions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { COMPTAGE, INVENTAIRE, ORG, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { inventaires } from './inventaire-routes.ts'
import { oppositions } from './opposition-routes.ts'

const world = await createWorld({
  modules: [
    { routes: inventaireRoutes, bind: inventaires },
    { routes: oppositionRoutes, bind: oppositions },
  ],
})
afterAll(() => world.close())

const collectivite = world.as('collectivite.gestionnaire')
const colleague = world.as('collectivite.administrateur')
const p1 = world.as('prescripteur.agent')
const serie = (n: number) => formatSerie(serieK(n))
const plage = (premier: number, dernier: number = premier) => ({ premier: serie(premier), dernier: serie(dernier) })
const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]
type Line = { id: string; prescripteur: { id: string } | null; statut: string; attendus: number }
const lines: Record<string, Line> = {}

test('a campaign asks each point that holds carnets for one count, and tells it', async () => {
  const opened = await collectivite.post('/inventaires', { echeance: '2026-03-25' })
  expect(opened.statusCode).toBe(201)
  const { comptages } = opened.json<{ comptages: Line[] }>()
  expect(comptages.map(({ prescripteur, statut, attendus }) => [prescripteur?.id ?? null, statut, attendus])).toEqual([
    [null, 'a_faire', 10],
    [ORG.p1, 'a_faire', 2],
    [ORG.p2, 'a_faire', 1],
  ])
  for (const line of comptages) lines[line.prescripteur?.id ?? 'reserve'] = line
  const { rows } = await world.sql.query(
    `select distinct organisation_id, code from notification where code = 'inventaire_ouvert' order by 1`,
  )
  expect(rows.map(({ organisation_id }) => organisation_id)).toEqual([ORG.p1, ORG.p2])
  expect(refusalOf(await collectivite.post('/inventaires', { echeance: '2026-03-26' }))).toEqual([409, 'inventaire_statut'])
})

test('the last day to count is not over yet', async () => {
  expect(refusalOf(await collectivite.post('/inventaires', { echeance: '2026-03-09' }))).toEqual([400, 'demande_malformee'])
})

test('a point sees its own counts, and no other', async () => {
  const mine = (await p1.get('/comptages')).json().items as Line[]
  expect(mine.map(({ id }) => id)).toEqual([lines[ORG.p1]!.id, COMPTAGE.p1])
  expect(((await collectivite.get('/comptages')).json().items as Line[]).map(({ id }) => id)).toEqual([lines.reserve!.id, COMPTAGE.reserve])
  expect((await p1.post(`/comptages/${lines[ORG.p2]!.id}/resultat`, { comptes: 1, manquants: [], enTrop: [] })).statusCode).toBe(404)
  // the collectivité reads the counts of its points and makes none of them
  expect((await collectivite.post(`/comptages/${lines[ORG.p1]!.id}/resultat`, { comptes: 2, manquants: [], enTrop: [] })).statusCode).toBe(
    404,
  )
})

const count = (body: object) => p1.post(`/comptages/${lines[ORG.p1]!.id}/resultat`, { comptes: 2, manquants: [], enTrop: [], ...body })

test.each([
  ['does not add up', { comptes: 1 }, [409, 'comptage_incoherent']],
  ['names a carnet that is not on the shelf', { comptes: 1, manquants: [plage(12)] }, [409, 'plage_invalide']],
  ['finds a carnet that was expected', { comptes: 3, enTrop: [plage(3)] }, [409, 'plage_invalide']],
  ['has a number mistyped', { comptes: 1, manquants: [{ premier: 'PN 26-0000003-A', dernier: serie(3) }] }, [400, 'numero_malforme']],
])('a count that %s is refused, and blocks nothing', async (_, body, expected) => {
  const answer = await count(body)
  expect(refusalOf(answer)).toEqual(expected)
  if (expected[0] === 400) expect(answer.json().erreurs[0].chemin).toBe('manquants.0.premier')
  const { rows } = await world.sql.query('select statut from carnet where serie in ($1, $2)', [serieK(3), serieK(12)])
  expect(rows.map(({ statut }) => statut)).toEqual(['attribue', 'attribue'])
})

test('missing carnets are blocked in the same gesture, the found ones are told to the collectivité', async () => {
  const answer = await count({ comptes: 2, manquants: [plage(4)], enTrop: [plage(12)] })
  expect(answer.json()).toMatchObject({
    statut: 'ecart',
    attendus: 2,
    comptes: 2,
    manquants: 1,
    enTrop: 1,
    plagesManquantes: [plage(4)],
    plagesEnTrop: [plage(12)],
    bloques: 1,
    annules: 0,
  })
  const { rows } = await world.sql.query('select statut, statut_avant_blocage, motif_blocage from carnet where serie = $1', [serieK(4)])
  expect(rows).toEqual([{ statut: 'bloque', statut_avant_blocage: 'attribue', motif_blocage: 'perdu' }])
  expect(
    (await world.sql.query(`select titre from notification where organisation_id = $1 and code = 'inventaire_ecart' limit 1`, [ORG.t1]))
      .rows[0].titre,
  ).toContain('CCAS de Bonnat')
  expect(refusalOf(await count({}))).toEqual([409, 'comptage_statut'])
})

test('a discrepancy is written off by two people', async () => {
  const { id } = lines[ORG.p1]!
  const asked = await collectivite.post(`/comptages/${id}/annulation`)
  expect(asked.json()).toMatchObject({ annulationDemandee: true, bloques: 1 })
  expect(refusalOf(await collectivite.post(`/comptages/${id}/annulation`))).toEqual([409, 'comptage_statut'])
  const { items } = (await colleague.get('/annulations?statut=demandee')).json()
  expect(items[0]).toMatchObject({ motif: 'Manquants à l’inventaire', carnets: 1, plages: [plage(4)], montantCentimes: 10_000 })
  expect(refusalOf(await collectivite.post(`/annulations/${items[0].id}/decision`, { accord: true }))).toEqual([409, 'meme_personne'])
  expect((await colleague.post(`/annulations/${items[0].id}/decision`, { accord: true })).statusCode).toBe(200)
  const line = ((await collectivite.get(`/inventaires/${items[0].inventaireId}`)).json().comptages as Line[]).find((one) => one.id === id)
  expect(line).toMatchObject({ bloques: 0, annules: 1, annulationDemandee: false })
  expect(refusalOf(await collectivite.post(`/comptages/${id}/annulation`))).toEqual([409, 'comptage_statut'])
  expect((await world.sql.query('select name, count from reconciliation')).rows).toEqual([])
})

test('the collectivité counts its own reserve', async () => {
  const answer = await collectivite.post(`/comptages/${lines.reserve!.id}/resultat`, { comptes: 10, manquants: [], enTrop: [] })
  expect(answer.json()).toMatchObject({ statut: 'juste', attendus: 10, comptes: 10, manquants: 0 })
})

test('a campaign closed says who did not count, and takes no count any more', async () => {
  const { items } = (await collectivite.get('/inventaires')).json()
  expect(
    items.map(({ statut, points, faits, manquants }: { statut: string; points: number; faits: number; manquants: number }) => [
      statut,
      points,
      faits,
      manquants,
    ]),
  ).toEqual([
    ['ouvert', 3, 2, 1],
    ['clos', 2, 2, 1],
  ])
  const closed = await collectivite.post(`/inventaires/${items[0].id}/cloture`)
  expect((closed.json().comptages as Line[]).map(({ statut }) => statut)).toEqual(['juste', 'ecart', 'absent'])
  expect(refusalOf(await collectivite.post(`/inventaires/${items[0].id}/cloture`))).toEqual([409, 'inventaire_statut'])
  const late = await world
    .as('p2:prescripteur.agent')
    .post(`/comptages/${lines[ORG.p2]!.id}/resultat`, { comptes: 1, manquants: [], enTrop: [] })
  expect(refusalOf(late)).toEqual([409, 'comptage_statut'])
})

test('two campaigns opened at once: one is', async () => {
  const answers = await Promise.all([collectivite, colleague].map((who) => who.post('/inventaires', { echeance: '2026-03-25' })))
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
})

test('the campaigns of another territory are not there', async () => {
  const stranger = world.as('autre:collectivite.gestionnaire')
  expect((await stranger.get(`/inventaires/${INVENTAIRE.t1}`)).statusCode).toBe(404)
  expect((await stranger.post(`/comptages/${COMPTAGE.p1}/annulation`)).statusCode).toBe(404)
  expect((await p1.get(`/inventaires/${INVENTAIRE.t1}`)).statusCode).toBe(403)
})
