import { couvertureRoutes } from '@pass/contracts/couverture.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { ORG, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { prescriptions } from '../prescriptions/routes.ts'
import { couverture } from './couverture-routes.ts'

const world = await createWorld({
  modules: [
    { routes: couvertureRoutes, bind: couverture },
    { routes: prescriptionRoutes, bind: prescriptions },
  ],
})
afterAll(() => world.close())
const collectivite = world.as('collectivite.lecteur')

test('each counter says how long its stock lasts at its pace; the most urgent first', async () => {
  const { items, niveaux } = (await collectivite.get('/stock/couverture')).json()
  const bas = { niveau: 'bas', remis: 0, jours: null, dormants: 0 }
  expect(items).toEqual([
    { ...bas, id: ORG.p1, nom: 'CCAS de Bonnat', enStock: 2, enTransit: 2, derniereRemise: '2026-02-01T09:00:00.000Z' },
    { ...bas, id: ORG.p2, nom: 'Mission locale de la Creuse', enStock: 1, enTransit: 0, derniereRemise: null },
  ])
  expect(niveaux).toEqual({ vide: 0, bas: 2, suffisant: 0, dormant: 0 })
})

test('carnets that sleep are told, a list by level is a part of the whole', async () => {
  world.setClock('2026-03-25T09:00:00+01:00')
  const { items } = (await collectivite.get('/stock/couverture?niveau=dormant')).json()
  expect(items).toMatchObject([
    { id: ORG.p1, dormants: 2, niveau: 'dormant' },
    { id: ORG.p2, dormants: 1, niveau: 'dormant' },
  ])
  expect((await collectivite.get('/stock/couverture?niveau=vide')).json().items).toEqual([])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('the hand-over that makes a stock low tells the collectivité once', async () => {
  // ten hand-overs this month and six carnets left: eighteen days; the next one leaves thirteen
  await world.sql.query(
    `update carnet set statut = 'attribue', prescripteur_id = $1, destination_id = null, attribue_at = now() where serie = any ($2)`,
    [ORG.p1, [5, 6, 8, 9].map(serieK)],
  )
  await world.sql.query(
    `update carnet set statut = 'remis', prescripteur_id = $1, remis_at = '2026-03-01T10:00:00Z' where serie = any ($2)`,
    [ORG.p1, [10, 11, 13, 14, 15, 16, 17, 18].map(serieK)],
  )
  await world.sql.query(`update carnet set remis_at = '2026-03-01T10:00:00Z' where serie = any ($1)`, [[1, 2].map(serieK)])
  const body = (n: number, nom: string) => ({
    ...prescriptionRoutes.handOverCarnet.example,
    numero: formatSerie(serieK(n)),
    personne: { ...prescriptionRoutes.handOverCarnet.example.personne, nom },
  })
  const told = async () =>
    (await world.sql.query(`select distinct titre, texte from notification where organisation_id = $1 and code = 'stock_bas'`, [ORG.t1]))
      .rows
  const agent = world.as('prescripteur.agent')
  expect((await agent.post('/prescriptions', body(3, 'Premier'))).statusCode).toBe(201)
  const first = await told()
  expect(first).toHaveLength(1)
  expect(first[0].titre).toBe('Stock bas chez CCAS de Bonnat')
  expect(first[0].texte).toContain('5\u00a0carnets, soit 13\u00a0jours')
  expect((await agent.post('/prescriptions', body(4, 'Second'))).statusCode).toBe(201)
  expect(await told()).toEqual(first)
})

test('carnets are shared out between the communes of the territory, and the parts add up', async () => {
  await world.sql.query(`update commune set population = 1000 where departement = '23'`)
  const answer = (await collectivite.get('/stock/repartition?carnets=1000&partFixe=30&maille=commune')).json()
  expect(answer.lignes.reduce((sum: number, { carnets }: { carnets: number }) => sum + carnets, 0)).toBe(1000)
  expect(answer.communes).toBe(answer.lignes.length)
  const byEpci = (await collectivite.get('/stock/repartition?carnets=1000&partFixe=30')).json()
  expect(byEpci.lignes.reduce((sum: number, { communes }: { communes: number }) => sum + communes, 0)).toBe(answer.communes)
  const file = await collectivite.get('/stock/repartition.csv?carnets=1000&partFixe=30&maille=commune')
  expect(file.headers['content-type']).toContain('text/csv')
  expect(file.body.trim().split('\r\n')).toHaveLength(answer.communes + 1)
})

test('a population that is not known shares nothing out; a part over one hundred is refused', async () => {
  await world.sql.query('update commune set population = 0')
  const answer = await collectivite.get('/stock/repartition?carnets=10&partFixe=30')
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'repartition_impossible'])
  expect((await collectivite.get('/stock/repartition?carnets=10&partFixe=100')).statusCode).toBe(200)
  expect((await collectivite.get('/stock/repartition?carnets=10&partFixe=101')).statusCode).toBe(400)
})

test('a plan of stock is the collectivité’s', async () => {
  expect((await world.as('prescripteur.agent').get('/stock/couverture')).statusCode).toBe(403)
  const other = (await world.as('autre:collectivite.gestionnaire').get('/stock/couverture')).json()
  expect(other.items.map(({ id }: { id: string }) => id)).toEqual([ORG.p9])
})
