import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { ATTRIBUTION, CARNET, CONVENTION, ORG, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { distribution } from './routes.ts'

const world = await createWorld({ modules: [{ routes: carnetRoutes, bind: distribution }] })
afterAll(() => world.close())

const collectivite = world.as('collectivite.gestionnaire')
const p1 = world.as('prescripteur.agent')
const serie = (n: number) => formatSerie(serieK(n))
const send = (n: number, carnets: number, prescripteurId: string = ORG.p1) =>
  collectivite.post('/attributions', { prescripteurId, premier: serie(n), carnets })
/** As a browser does: a busy service is asked again. */
const sendPatiently = async (...args: Parameters<typeof send>) => {
  for (;;) {
    const answer = await send(...args)
    if (answer.statusCode !== 503) return answer
  }
}
const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]

test('the stock tells where the carnets are, to each its own', async () => {
  expect((await collectivite.get('/stock')).json()).toEqual({
    reserve: 10,
    enTransit: 2,
    premierDisponible: serie(8),
    prescripteurs: [
      { id: ORG.p1, nom: 'CCAS de Bonnat', enTransit: 2, sortants: 0, enStock: 2, remis: 2, bloques: 1, dormants: 0 },
      { id: ORG.p2, nom: 'Mission locale de la Creuse', enTransit: 0, sortants: 0, enStock: 1, remis: 0, bloques: 0, dormants: 0 },
    ],
  })
  expect((await p1.get('/stock')).json()).toMatchObject({
    reserve: 0,
    enTransit: 2,
    premierDisponible: null,
    prescripteurs: [{ id: ORG.p1, enStock: 2 }],
  })
})

test('carnets kept more than 60 days without hand-over sleep', async () => {
  world.setClock('2026-03-25T09:00:00+01:00')
  expect((await p1.get('/stock')).json().prescripteurs).toMatchObject([{ dormants: 2 }])
  expect((await p1.get('/carnets?etape=dormants')).json().total).toBe(2)
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('attributions are listed, the last first, to the sender and to the receiver; an operator sends none', async () => {
  const mine = (await p1.get('/attributions')).json()
  expect(mine.items.map(({ id }: { id: string }) => id)).toEqual([ATTRIBUTION.envoyee, ATTRIBUTION.accusee])
  expect(mine.total).toBe(2)
  expect((await collectivite.get('/attributions?statut=envoyee')).json().items).toHaveLength(1)
  expect((await world.as('p2:prescripteur.agent').get('/attributions')).json().items).toEqual([])
  expect((await world.as('operateur.support').get('/attributions')).json()).toEqual({ items: [], suivant: null, total: 0 })
})

test('a range leaves the reserve for a prescripteur, with a yearly number, and is on its way', async () => {
  const answer = await send(8, 2, ORG.p2)
  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({
    reference: 'A26-0003',
    statut: 'envoyee',
    prescripteur: { id: ORG.p2, nom: 'Mission locale de la Creuse' },
    seriePremiere: serie(8),
    serieDerniere: serie(9),
    carnets: 2,
    accuseeAt: null,
  })
  const { items } = (await world.as('p2:prescripteur.agent').get('/carnets?etape=en_transit')).json()
  expect(items.map((item: { serie: string }) => item.serie)).toEqual([serie(8), serie(9)])
  const { rows } = await world.sql.query(`select type, prescripteur_id, carnets from mouvement where serie_premiere = $1`, [serieK(8)])
  expect(rows).toEqual([{ type: 'attribue', prescripteur_id: ORG.p2, carnets: 2 }])
})

test('a range that is not wholly in reserve is refused, names the first carnet at fault, and moves nothing', async () => {
  const answer = await send(10, 4)
  expect(refusalOf(answer)).toEqual([409, 'stock_insuffisant'])
  expect(answer.json().message).toContain(serie(12))
  expect(refusalOf(await send(18, 5))).toEqual([409, 'stock_insuffisant'])
  const { rows } = await world.sql.query(`select count(*)::int as n from carnet where serie in ($1, $2) and destination_id is null`, [
    serieK(10),
    serieK(11),
  ])
  expect(rows).toEqual([{ n: 2 }])
})

test('a number mistyped, and a range over the year, are wrong by themselves', async () => {
  const typed = await collectivite.post('/attributions', { prescripteurId: ORG.p1, premier: 'PN 26-0000010-A', carnets: 1 })
  expect(refusalOf(typed)).toEqual([400, 'numero_malforme'])
  const over = await collectivite.post('/attributions', { prescripteurId: ORG.p1, premier: formatSerie(269_999_999), carnets: 2 })
  expect(refusalOf(over)).toEqual([400, 'plage_invalide'])
})

test('a prescripteur of another territory, and a collectivité that is not the owner, get 404 and 409 without a word of what is there', async () => {
  expect((await send(10, 1, ORG.p9)).statusCode).toBe(404)
  const stranger = await world
    .as('autre:collectivite.gestionnaire')
    .post('/attributions', { prescripteurId: ORG.p9, premier: serie(10), carnets: 1 })
  expect(refusalOf(stranger)).toEqual([409, 'stock_insuffisant'])
  expect(
    (await world.as('collectivite.lecteur').post('/attributions', { prescripteurId: ORG.p1, premier: serie(10), carnets: 1 })).statusCode,
  ).toBe(403)
})

test('carnets of two deliveries make two parcels', async () => {
  await world.sql.query(
    `insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin)
     select collectivite_id, uuidv7(), (select id from commande where collectivite_id = l.collectivite_id and statut = 'expediee'), convention_id, operateur_id, 1, 10, 1000,
            serie_derniere + 1, serie_derniere + 1, date_fin from lot l where serie_premiere = $1`,
    [serieK(1)],
  )
  await world.sql.query(`update carnet set statut = 'livre' where serie = $1`, [serieK(20)])
  await world.sql.query(
    `insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, statut, taille, date_fin, livre_at)
     select collectivite_id, serie_premiere, id, convention_id, operateur_id, 'livre', 10, date_fin, now() from lot where serie_premiere = $1`,
    [serieK(21)],
  )
  expect(refusalOf(await send(20, 2))).toEqual([409, 'plage_invalide'])
})

test('a prescripteur reads the rules of a convention from its first carnets on', async () => {
  await world.sql.query(`update convention set prescripteur_ids = '{}' where id = $1`, [CONVENTION.cv1])
  expect((await send(10, 1)).statusCode).toBe(201)
  expect((await send(11, 1)).statusCode).toBe(201)
  const { rows } = await world.sql.query(`select prescripteur_ids from convention where id = $1`, [CONVENTION.cv1])
  expect(rows).toEqual([{ prescripteur_ids: [ORG.p1] }])
})

test('the receiver acknowledges once: custody passes, and the history says it', async () => {
  const answer = await p1.post(`/attributions/${ATTRIBUTION.envoyee}/accuse`)
  expect(answer.json()).toMatchObject({ statut: 'accusee', accuseeAt: '2026-03-10T08:00:00.000Z' })
  const { rows } = await world.sql.query(
    `select statut, prescripteur_id, destination_id, attribue_at is not null as dated from carnet where serie between $1 and $2`,
    [serieK(5), serieK(6)],
  )
  const received = { statut: 'attribue', prescripteur_id: ORG.p1, destination_id: null, dated: true }
  expect(rows).toEqual([received, received])
  expect(refusalOf(await p1.post(`/attributions/${ATTRIBUTION.envoyee}/accuse`))).toEqual([409, 'attribution_statut'])
  expect((await world.as('p2:prescripteur.agent').post(`/attributions/${ATTRIBUTION.envoyee}/accuse`)).statusCode).toBe(404)
  expect((await world.as('autre:prescripteur.agent').post(`/attributions/${ATTRIBUTION.envoyee}/accuse`)).statusCode).toBe(404)
})

test('a carnet blocked on the way stays with the sender, and is back in reserve once found', async () => {
  const parcel = (await send(13, 3)).json()
  const { rows } = await world.sql.query(`select public_id from carnet where serie = $1`, [serieK(14)])
  const carnetId = rows[0].public_id
  await collectivite.post(`/carnets/${carnetId}/blocage`, { motif: 'perdu', reference: null })
  expect((await p1.post(`/attributions/${parcel.id}/accuse`)).statusCode).toBe(200)
  const found = (await collectivite.post(`/carnets/${carnetId}/deblocage`)).json()
  expect(found).toMatchObject({ statut: 'livre', enTransit: false, prescripteur: null })
  expect((await send(14, 1, ORG.p2)).statusCode).toBe(201)
})

test('a hundred allocations of the last carnets: each carnet leaves once, and the numbers have no gap', async () => {
  await world.sql.query(
    `update carnet set statut = 'livre', destination_id = null, prescripteur_id = null where serie between $1 and $2 and statut <> 'remis'`,
    [serieK(14), serieK(18)],
  )
  const before = Number((await world.sql.query(`select count(*) as n from attribution where collectivite_id = $1`, [ORG.t1])).rows[0].n)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => sendPatiently(14 + (i % 4), 2, i % 2 ? ORG.p1 : ORG.p2)), // ranges that overlap: 14–15, 15–16, 16–17, 17–18
  )
  const won = answers.filter(({ statusCode }) => statusCode === 201).map((answer) => answer.json())
  const others = answers.filter(({ statusCode }) => statusCode !== 201)
  expect(others.map((answer) => answer.json().code).filter((code) => code !== 'stock_insuffisant')).toEqual([])
  expect(won.length === 2 || won.length === 1).toBe(true)
  const { rows } = await world.sql.query(
    `select c.serie, count(a.id)::int as parcels from carnet c left join attribution a on a.serie_premiere <= c.serie and a.serie_derniere >= c.serie and a.id = any($1::uuid[])
      where c.destination_id is not null and c.serie between $2 and $3 group by c.serie`,
    [won.map(({ id }) => id), serieK(14), serieK(18)],
  )
  expect(rows.length).toBe(won.length * 2)
  expect(rows.every(({ parcels }) => parcels === 1)).toBe(true)
  const after = await world.sql.query(
    `select count(*)::int as n, max(substr(reference, 5))::int as last from attribution where collectivite_id = $1`,
    [ORG.t1],
  )
  expect(after.rows[0].n).toBe(before + won.length)
  expect(after.rows[0].last).toBe(after.rows[0].n)
}, 60_000)

test('K3 is untouched by all this', async () => expect((await p1.get(`/carnets/${CARNET.k3}`)).json().statut).toBe('attribue'))
