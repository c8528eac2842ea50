import { guichetRoutes } from '@pass/contracts/guichet.ts'
import { oppositionRoutes } from '@pass/contracts/oppositions.ts'
import { OPPOSITION_MAX } from '@pass/domain/oppositions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { ANNULATION, CONVENTION, ORG, PEOPLE, serieK, SERIE } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { guichet } from '../ateliers/guichet-routes.ts'
import { oppositions } from './opposition-routes.ts'

const world = await createWorld({
  modules: [
    { routes: oppositionRoutes, bind: oppositions },
    { routes: guichetRoutes, bind: guichet },
  ],
})
afterAll(() => world.close())

const collectivite = world.as('collectivite.gestionnaire')
const colleague = world.as('collectivite.administrateur')
const p1 = world.as('prescripteur.agent')
const serie = (n: number) => formatSerie(serieK(n))
const plage = (premier: number, dernier: number = premier) => ({ premier: serie(premier), dernier: serie(dernier) })
const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]
const statuts = async (from: number, to: number) =>
  (
    await world.sql.query<{ statut: string }>('select statut from carnet where serie between $1 and $2 order by serie', [
      serieK(from),
      serieK(to),
    ])
  ).rows.map(({ statut }) => statut)
const balance = async (nature: string) =>
  Number(
    (
      await world.sql.query('select coalesce(sum(solde_centimes), 0) s from account where convention_id = $1 and nature = $2', [
        CONVENTION.cv1,
        nature,
      ])
    ).rows[0].s,
  )
const reconciled = async () => (await world.sql.query('select name, count from reconciliation')).rows

test('what a range is can be seen before anything is done to it', async () => {
  const answer = await collectivite.post('/carnets/plages', { plages: [plage(3, 7), plage(7, 8)] })
  expect(answer.json()).toEqual({
    demandes: 6,
    trouves: 6,
    parStatut: [
      { statut: 'attribue', carnets: 2 },
      { statut: 'bloque', carnets: 1 },
      { statut: 'livre', carnets: 3 },
    ],
  })
  const other = await p1.post('/carnets/plages', { plages: [plage(3, 8)] })
  expect(other.json()).toMatchObject({ demandes: 6, trouves: 5 })
})

test('a box stolen is stopped at once, wherever its carnets are; what was stopped already is left, and the counter takes one range along', async () => {
  const answer = await collectivite.post('/carnets/blocages', { plages: [plage(5, 10)], motif: 'vole', reference: 'PV 2026/118' })
  expect(answer.json()).toEqual({ carnets: 5, laisses: 1 })
  expect(await statuts(5, 10)).toEqual(['bloque', 'bloque', 'bloque', 'bloque', 'bloque', 'bloque'])
  const { rows } = await world.sql.query(
    `select type, prescripteur_id, serie_premiere, serie_derniere, carnets, motif from mouvement where motif = 'Volé, PV 2026/118' order by serie_premiere`,
  )
  expect(rows).toEqual([
    {
      type: 'bloque',
      prescripteur_id: ORG.p1,
      serie_premiere: String(serieK(5)),
      serie_derniere: String(serieK(6)),
      carnets: 2,
      motif: 'Volé, PV 2026/118',
    },
    {
      type: 'bloque',
      prescripteur_id: null,
      serie_premiere: String(serieK(8)),
      serie_derniere: String(serieK(10)),
      carnets: 3,
      motif: 'Volé, PV 2026/118',
    },
  ])
  const { bloques } = (await world.as('structure.mediateur').get('/guichet/paquet')).json()
  const ids = (
    await world.sql.query('select min(id)::int de, max(id)::int a from carnet where serie between $1 and $2', [serieK(5), serieK(10)])
  ).rows[0]
  expect(bloques).toContainEqual(ids)
})

test('found again, each goes back to where it was, still on its way or in reserve', async () => {
  const answer = await collectivite.post('/carnets/deblocages', { plages: [plage(5, 6), plage(8, 11)] })
  expect(answer.json()).toEqual({ carnets: 5, laisses: 1 })
  const { rows } = await world.sql.query('select statut, destination_id from carnet where serie between $1 and $2 order by serie', [
    serieK(5),
    serieK(10),
  ])
  expect(rows).toEqual([
    { statut: 'livre', destination_id: ORG.p1 },
    { statut: 'livre', destination_id: ORG.p1 },
    { statut: 'bloque', destination_id: null },
    { statut: 'livre', destination_id: null },
    { statut: 'livre', destination_id: null },
    { statut: 'livre', destination_id: null },
  ])
})

test.each([
  ['a theft without its complaint', { plages: [plage(8)], motif: 'vole', reference: ' ' }, [409, 'motif_manquant']],
  [
    'a number that is not ours',
    { plages: [{ premier: serie(20), dernier: serie(21) }], motif: 'perdu', reference: null },
    [409, 'plage_invalide'],
  ],
  [
    'a carnet of another territory',
    { plages: [{ premier: formatSerie(SERIE.l9), dernier: formatSerie(SERIE.l9) }], motif: 'perdu', reference: null },
    [409, 'plage_invalide'],
  ],
  ['only what is stopped already', { plages: [plage(7), plage(19)], motif: 'perdu', reference: null }, [409, 'carnet_statut']],
  [
    'more than one gesture may take',
    {
      plages: [{ premier: formatSerie(260_100_001), dernier: formatSerie(260_100_001 + OPPOSITION_MAX) }],
      motif: 'perdu',
      reference: null,
    },
    [400, 'plage_invalide'],
  ],
  ['nothing', { plages: [], motif: 'perdu', reference: null }, [400, 'demande_malformee']],
])('a range of %s is refused, and nothing moves', async (_, body, expected) => {
  const before = await statuts(1, 20)
  expect(refusalOf(await collectivite.post('/carnets/blocages', body))).toEqual(expected)
  expect(await statuts(1, 20)).toEqual(before)
})

test('a prescripteur stops what it holds and unblocks nothing; a reader does neither', async () => {
  expect((await p1.post('/carnets/blocages', { plages: [plage(3, 4)], motif: 'perdu', reference: null })).json()).toEqual({
    carnets: 2,
    laisses: 0,
  })
  expect(refusalOf(await p1.post('/carnets/blocages', { plages: [plage(8)], motif: 'perdu', reference: null }))).toEqual([
    409,
    'plage_invalide',
  ])
  expect((await p1.post('/carnets/deblocages', { plages: [plage(3, 4)] })).statusCode).toBe(403)
  expect(
    (await world.as('collectivite.lecteur').post('/carnets/blocages', { plages: [plage(8)], motif: 'perdu', reference: null })).statusCode,
  ).toBe(403)
  expect((await collectivite.post('/carnets/deblocages', { plages: [plage(3, 4)] })).json().carnets).toBe(2)
})

test('an act on a range is journaled, and says how many to the outbox', async () => {
  const { rows } = await world.sql.query(
    `select sujet, objet from outbox where sujet in ('carnets.bloques', 'carnets.debloques') order by id limit 1`,
  )
  expect(rows).toEqual([{ sujet: 'carnets.bloques', objet: { motif: 'vole', carnets: 5 } }])
  const journal = await world.sql.query(`select count(*)::int n from audit_event where action = 'blockPlages' and statut = 200`)
  expect(journal.rows[0].n).toBeGreaterThan(0)
})

const ask = (...plages: { premier: string; dernier: string }[]) => collectivite.post('/annulations', { plages, motif: 'Dégât des eaux' })

test('a cancellation is asked by one person and confirmed by another: unused carnets end, their worth leaves the circulation', async () => {
  const asked = await ask(plage(10), plage(11), plage(13, 14))
  expect(asked.statusCode).toBe(201)
  expect(asked.json()).toMatchObject({
    statut: 'demandee',
    carnets: 4,
    montantCentimes: 20_000,
    demandePar: { id: PEOPLE['collectivite.gestionnaire'].utilisateurId, nom: 'Camille Essai' },
    decidePar: null,
    plages: [plage(10, 11), plage(13, 14)],
  })
  const { id } = asked.json()
  expect(await statuts(10, 14)).toEqual(['livre', 'livre', 'attribue', 'livre', 'livre'])
  expect(refusalOf(await collectivite.post(`/annulations/${id}/decision`, { accord: true }))).toEqual([409, 'meme_personne'])
  const before = await balance('circulation')
  const decided = await colleague.post(`/annulations/${id}/decision`, { accord: true })
  expect(decided.json()).toMatchObject({ statut: 'confirmee', montantCentimes: 20_000, decidePar: { nom: 'Claire Essai' } })
  expect(await statuts(10, 14)).toEqual(['annule', 'annule', 'attribue', 'annule', 'annule'])
  expect([await balance('circulation'), await balance('a_crediter')]).toEqual([before - 20_000, 20_000])
  expect(await reconciled()).toEqual([])
  expect(refusalOf(await colleague.post(`/annulations/${id}/decision`, { accord: false }))).toEqual([409, 'annulation_statut'])
})

test('a cancellation refused moves nothing', async () => {
  const { id } = (await ask(plage(15))).json()
  expect((await colleague.post(`/annulations/${id}/decision`, { accord: false })).json()).toMatchObject({
    statut: 'refusee',
    montantCentimes: 0,
  })
  expect(await statuts(15, 15)).toEqual(['livre'])
})

test.each([
  ['a carnet that was used', [plage(2)], [409, 'carnet_entame']],
  ['a carnet cancelled already', [plage(15), plage(20)], [409, 'carnet_statut']],
  ['a number of nobody', [{ premier: formatSerie(260_000_021), dernier: formatSerie(260_000_021) }], [409, 'plage_invalide']],
])('%s is not asked to be cancelled', async (_, plages, expected) => {
  expect(refusalOf(await ask(...plages))).toEqual(expected)
})

test('a carnet used between the request and the decision stops the whole of it', async () => {
  const { id } = (await ask(plage(1), plage(16))).json()
  await world.sql.query('update carnet set utilises = 1 where serie = $1', [serieK(1)])
  expect(refusalOf(await colleague.post(`/annulations/${id}/decision`, { accord: true }))).toEqual([409, 'carnet_entame'])
  expect([await statuts(1, 1), await statuts(16, 16)]).toEqual([['remis'], ['livre']])
  await world.sql.query('update carnet set utilises = 0 where serie = $1', [serieK(1)])
})

test('two colleagues decide at once: one does, and money moves once', async () => {
  const { id } = (await ask(plage(9))).json()
  const before = await balance('a_crediter')
  const third = world.as('collectivite.administrateur')
  const answers = await Promise.all([colleague, third].map((who) => who.post(`/annulations/${id}/decision`, { accord: true })))
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await balance('a_crediter')).toBe(before + 10_000)
  expect(await reconciled()).toEqual([])
})

test('requests are listed, the last first; another territory sees none of them', async () => {
  const { items, total } = (await colleague.get('/annulations?statut=refusee')).json()
  expect(total).toBe(items.length)
  expect(items.at(-1)).toMatchObject({ id: ANNULATION.t1, motif: 'Carnet jamais arrivé', montantCentimes: 0 })
  const stranger = world.as('autre:collectivite.gestionnaire')
  expect((await stranger.get(`/annulations/${ANNULATION.t1}`)).statusCode).toBe(404)
  expect((await stranger.post(`/annulations/${ANNULATION.t1}/decision`, { accord: true })).statusCode).toBe(404)
  expect((await p1.get('/annulations')).statusCode).toBe(403)
})
