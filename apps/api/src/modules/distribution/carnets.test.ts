import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { CANARI, CARNET, COMMANDE, CONVENTION, ORG, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { distribution } from './routes.ts'

const world = await createWorld({ modules: [{ routes: carnetRoutes, bind: distribution }] })
afterAll(() => world.close())

const collectivite = world.as('collectivite.gestionnaire')
const p1 = world.as('prescripteur.agent')
const serie = (n: number) => formatSerie(serieK(n))
const listed = async (who: typeof p1, query = '') => {
  const { items, total } = (await who.get(`/carnets?taille=100${query}`)).json()
  return { ranks: items.map((item: { serie: string }) => Number(item.serie.slice(6, 13))), total }
}
const find = (n: number) => collectivite.get(`/carnets/recherche?numero=${encodeURIComponent(serie(n))}`)
const idOf = async (n: number): Promise<string> => (await find(n)).json().id
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('each sees its own carnets: the collectivité all, the prescripteur those it holds or awaits, the operator its production', async () => {
  expect(await listed(collectivite)).toEqual({ ranks: range(1, 20), total: 20 })
  expect(await listed(p1)).toEqual({ ranks: range(1, 7), total: 7 })
  expect(await listed(world.as('p2:prescripteur.agent'))).toEqual({ ranks: [12], total: 1 })
  expect(await listed(world.as('operateur.support'))).toEqual({ ranks: range(1, 20), total: null })
  expect(await listed(world.as('autre:collectivite.lecteur'))).toEqual({ ranks: range(9001, 9005), total: 5 })
})

test.each([
  ['livres', [...range(1, 18), 20]],
  ['actives', range(1, 12)],
  ['attribues', [1, 2, 3, 4, 7, 12]],
  ['remis', [1, 2]],
  ['entames', [2]],
  ['disponibles', [8, 9, 10, 11, 13, 14, 15, 16, 17, 18]],
  ['en_transit', [5, 6]],
])('the number « %s » of the dashboard opens its carnets', async (etape, ranks) => {
  expect(await listed(collectivite, `&etape=${etape}`)).toEqual({ ranks, total: ranks.length })
})

test('filters: statut, prescripteur, commande, convention, beginning of a number, rank', async () => {
  expect((await listed(collectivite, '&statut=bloque')).ranks).toEqual([7, 19])
  expect((await listed(collectivite, `&prescripteurId=${ORG.p1}`)).ranks).toEqual(range(1, 7))
  expect((await listed(collectivite, `&commandeId=${COMMANDE.c1}`)).total).toBe(20)
  expect((await listed(world.as('operateur.support'), `&commandeId=${COMMANDE.c1}`)).total).toBe(20)
  expect((await listed(p1, `&commandeId=${COMMANDE.c1}`)).ranks).toEqual([])
  expect((await listed(collectivite, `&conventionId=${CONVENTION.cv1}`)).total).toBe(20)
  expect((await listed(collectivite, `&conventionId=${CONVENTION.signee}`)).ranks).toEqual([])
  expect((await listed(collectivite, `&conventionId=${CONVENTION.cv2}`)).ranks).toEqual([])
  expect((await listed(collectivite, '&recherche=PN%2026-000001')).ranks).toEqual(range(10, 19))
  expect((await listed(collectivite, '&recherche=17')).ranks).toEqual([17])
  expect((await listed(collectivite, `&recherche=${encodeURIComponent(serie(4))}`)).ranks).toEqual([4])
  expect((await listed(collectivite, '&recherche=abc')).ranks).toEqual([])
})

test('pages follow each other in the order of the numbers', async () => {
  const first = (await collectivite.get('/carnets?taille=10')).json()
  const second = (await collectivite.get(`/carnets?taille=10&apres=${first.suivant}`)).json()
  expect([...first.items, ...second.items].map((item: { serie: string }) => item.serie)).toEqual(range(1, 20).map(serie))
  expect(second.suivant).toBeNull()
})

test('a carnet shows its rules and its history, never a person', async () => {
  const response = await p1.get(`/carnets/${CARNET.k2}`)
  const carnet = response.json()
  expect(carnet).toMatchObject({
    serie: serie(2),
    statut: 'remis',
    actif: true,
    enTransit: false,
    utilises: 3,
    taille: 10,
    valeurFacialeCentimes: 1000,
    dateFin: '2026-06-30',
    prescripteur: { id: ORG.p1 },
    convention: { identite: 'minimale', toleranceJours: 30 },
    collectivite: { id: ORG.t1 },
  })
  expect(carnet.mouvements).toMatchObject([{ type: 'attribue', seriePremiere: serie(1), serieDerniere: serie(4), carnets: 4 }])
  expect(response.body).not.toContain('Blanche')
})

test('a number is found as scanned or typed; a wrong one says why, another territory’s is nobody’s', async () => {
  expect(
    (
      await collectivite.get(
        `/carnets/recherche?numero=${encodeURIComponent(
          serie(3)
            .toLowerCase()
            .replace(/[\s\u00a0-]/g, ''),
        )}`,
      )
    ).json().id,
  ).toBe(CARNET.k3)
  const wrong = await collectivite.get('/carnets/recherche?numero=PN%2026-0000003-A')
  expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'numero_malforme'])
  expect((await collectivite.get(`/carnets/recherche?numero=${encodeURIComponent(formatSerie(260_009_001))}`)).statusCode).toBe(404)
})

test('a stranger gets 404 on every carnet route, and no word of another territory', async () => {
  for (const stranger of [
    world.as('autre:collectivite.gestionnaire'),
    world.as('autre:prescripteur.agent'),
    world.as('p2:prescripteur.agent'),
  ]) {
    expect((await stranger.get(`/carnets/${CARNET.k1}`)).statusCode).toBe(404)
    expect((await stranger.post(`/carnets/${CARNET.k1}/blocage`, { motif: 'perdu', reference: null })).statusCode).toBe(404)
  }
  expect((await world.as('autre:collectivite.gestionnaire').post(`/carnets/${CARNET.k1}/deblocage`)).statusCode).toBe(404)
  expect((await collectivite.get('/carnets')).body).not.toContain(CANARI)
})

test('a lost carnet is blocked at once by its prescripteur, and says so in its history', async () => {
  const answer = await p1.post(`/carnets/${CARNET.k3}/blocage`, { motif: 'perdu', reference: null })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({ statut: 'bloque', motifBlocage: 'perdu' })
  expect(answer.json().mouvements.at(-1)).toMatchObject({ type: 'bloque', motif: 'Perdu' })
  const again = await p1.post(`/carnets/${CARNET.k3}/blocage`, { motif: 'perdu', reference: null })
  expect([again.statusCode, again.json().code]).toEqual([409, 'carnet_statut'])
})

test('a theft needs the reference of the complaint', async () => {
  const id = await idOf(4)
  const bare = await collectivite.post(`/carnets/${id}/blocage`, { motif: 'vole', reference: ' ' })
  expect([bare.statusCode, bare.json().code]).toEqual([409, 'motif_manquant'])
  const told = await world.as('operateur.gestionnaire').post(`/carnets/${id}/blocage`, { motif: 'vole', reference: 'Plainte 2026/17' })
  expect(told.json().mouvements.at(-1)).toMatchObject({ type: 'bloque', motif: 'Volé, Plainte 2026/17' })
})

test('only the collectivité unblocks; the carnet goes back to where it was', async () => {
  const id = await idOf(4)
  expect((await p1.post(`/carnets/${id}/deblocage`)).statusCode).toBe(403)
  const back = await collectivite.post(`/carnets/${id}/deblocage`)
  expect(back.json()).toMatchObject({ statut: 'attribue', motifBlocage: null, prescripteur: { id: ORG.p1 } })
  const again = await collectivite.post(`/carnets/${id}/deblocage`)
  expect([again.statusCode, again.json().code]).toEqual([409, 'carnet_statut'])
})

test('a carnet missing at delivery is delivered when it is found', async () => {
  const id = await idOf(19)
  expect((await collectivite.post(`/carnets/${id}/deblocage`)).json().statut).toBe('livre')
  expect((await listed(collectivite, '&etape=livres')).ranks).toContain(19)
})

test('ten people who block the same carnet: one does, nine are told', async () => {
  const id = await idOf(18)
  const answers = await Promise.all(
    range(1, 10).map(() => collectivite.post(`/carnets/${id}/blocage`, { motif: 'controle', reference: null })),
  )
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, ...Array(9).fill(409)])
  const { rows } = await world.sql.query(`select count(*)::int as n from mouvement where type = 'bloque' and serie_premiere = $1`, [
    serieK(18),
  ])
  expect(rows).toEqual([{ n: 1 }])
})
