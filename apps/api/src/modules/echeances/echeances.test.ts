import { Echeance, echeanceRoutes } from '@pass/contracts/echeances.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, afterEach, expect, test } from 'vitest'
import { CARNET, LOT, ORG, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { onDay, tend } from '../../../test/echeances.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())
afterEach(() => assertLedger(world.sql))

const URL = `/echeances/${LOT.l1}`
const collectivite = world.as('collectivite.gestionnaire')
const operateur = world.as('operateur.gestionnaire')
const agent = world.as('prescripteur.agent')
const read = async () => Echeance.parse((await collectivite.get(URL)).json())
const agree = (etape: string, who = collectivite) => who.post(`${URL}/accords`, { etape })
const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]
const handOver = (n: number, motifDerogation: string | null = null) =>
  agent.post('/prescriptions', {
    ...prescriptionRoutes.handOverCarnet.example,
    numero: formatSerie(serieK(n)),
    personne: { prenom: `Alix${n}`, nom: 'Exemple', trancheAge: '40_59', statutEmploi: 'sans_emploi', commune: '23025', contact: null },
    motifDerogation,
  })
const newsOf = async (code: string) =>
  (
    await world.sql.query<{ organisation_id: string; titre: string; texte: string; n: number }>(
      'select organisation_id, titre, texte, count(*)::int n from notification where code = $1 group by 1, 2, 3 order by 1',
      [code],
    )
  ).rows
const alertes = async () =>
  (
    await world.sql.query('select etape, jour::text from echeance_alerte where collectivite_id = $1 and jour > $2 order by jour', [
      ORG.t1,
      '2026-03-10',
    ])
  ).rows

// run in order: the calendar of one lot, day after day

test('before D−30 nothing is announced, and the lot is listed with its next day', async () => {
  expect(await tend(world, '2026-05-30')).toEqual([])
  expect((await read()).prochaine).toEqual({ etape: 'alerte', date: '2026-05-31', acteurs: [], action: 'Alerte' })
  const { items } = (await collectivite.get('/echeances')).json()
  expect(items.map(({ lotId, dateFin, statut }: Record<string, string>) => [lotId, dateFin, statut])).toEqual([
    [LOT.l1, '2026-06-30', 'en_cours'],
  ])
  expect(codeOf(await agree('arret_distribution'))).toEqual([409, 'echeance_statut'])
})

test('D−30: said without writing when asked so; then one alert with the four counts, to both sides, however often it runs (E27)', async () => {
  expect(await tend(world, '2026-05-31', { dryRun: true })).toHaveLength(2)
  expect(await alertes()).toEqual([])
  const told = await tend(world, '2026-05-31', { twice: true })
  expect(told.filter(({ lotId }) => lotId === LOT.l1)).toEqual([{ lotId: LOT.l1, etape: 'alerte' }])
  expect(await tend(world, '2026-05-31')).toEqual([])
  const news = (await newsOf('echeance_alerte')).filter(({ organisation_id }) => organisation_id === ORG.t1)
  expect(news).toMatchObject([{ n: 2, texte: expect.stringMatching(/^19\scarnets émis, 2\sremis, 17\sjamais remis, 1\sentamé\./) }])
  expect((await read()).alertes).toEqual([{ etape: 'alerte', jour: '2026-05-31', emis: 19, remis: 2, jamaisRemis: 17, entames: 1 }])
  const { rows } = await world.sql.query(
    "select distinct role from audit_event where action = 'job:tend-echeances' and objet->>'lotId' = $1",
    [LOT.l1],
  )
  expect(rows).toEqual([{ role: 'operateur.systeme' }])
})

test('D−15 without the agreement of the collectivité: carnets are still handed over', async () => {
  const [told] = await tend(world, '2026-06-15', { twice: true }).then((all) => all.filter(({ lotId }) => lotId === LOT.l1))
  expect(told?.etape).toBe('arret_distribution')
  expect((await read()).prochaine).toMatchObject({ etape: 'arret_distribution', acteurs: ['collectivite'] })
  expect((await collectivite.post(`${URL}/derogations`, echeanceRoutes.overrideDistribution.example)).statusCode).toBe(409)
  expect((await handOver(3)).statusCode).toBe(201)
})

test('the operator does not agree in the place of the collectivité; two colleagues at once agree once', async () => {
  expect(codeOf(await agree('arret_distribution', operateur))).toEqual([409, 'echeance_statut'])
  const admin = world.as('collectivite.administrateur')
  const answers = await Promise.all([agree('arret_distribution'), agree('arret_distribution', admin)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([201, 409])
  const { arret, accords } = await read()
  expect([arret, accords.length, accords[0]?.jour]).toEqual(['2026-06-15', 1, '2026-06-15'])
})

test('D−15 passed with the agreement: the hand-over is refused, whatever the agent writes (E28)', async () => {
  expect(codeOf(await handOver(4))).toEqual([409, 'distribution_arretee'])
  expect(codeOf(await handOver(4, 'La personne insiste'))).toEqual([409, 'distribution_arretee'])
  const found = await agent.get(`/carnets/recherche?numero=${encodeURIComponent(formatSerie(serieK(4)))}`)
  expect(found.json().arretDistribution ?? 'absent').toBe('2026-06-15')
})

test('the written override of the collectivité lifts the stop for the carnets it names, and for no other', async () => {
  const body = { premier: formatSerie(serieK(4)), dernier: null, motif: 'Rendez-vous pris avant l’arrêt' }
  await world.sql.query(`update carnet set statut = 'attribue', prescripteur_id = $1, attribue_at = now() where serie in ($2, $3)`, [
    ORG.p1,
    serieK(8),
    serieK(9),
  ])
  expect(codeOf(await world.as('autre:collectivite.gestionnaire').post(`${URL}/derogations`, body))).toEqual([404, 'introuvable'])
  expect(codeOf(await operateur.post(`${URL}/derogations`, body))).toEqual([403, 'droit_absent'])
  expect(codeOf(await collectivite.post(`${URL}/derogations`, { ...body, premier: formatSerie(serieK(1)) }))).toEqual([
    409,
    'carnet_statut',
  ])
  expect(codeOf(await collectivite.post(`${URL}/derogations`, { ...body, premier: 'PN 26-0000004-B' }))).toEqual([400, 'numero_malforme'])
  const made = await collectivite.post(`${URL}/derogations`, body)
  expect([made.statusCode, made.json().derogations[0].acteur, made.json().derogations[0].motif]).toEqual([201, 'Camille Essai', body.motif])
  expect(codeOf(await collectivite.post(`${URL}/derogations`, body))).toEqual([409, 'carnet_statut'])
  expect((await handOver(4)).statusCode).toBe(201)
  expect(codeOf(await handOver(8))).toEqual([409, 'distribution_arretee'])
  const { rows } = await world.sql.query(
    'select serie::text, derogation_id::text from carnet where lot_id = $1 and derogation_id is not null',
    [LOT.l1],
  )
  expect(rows).toEqual([{ serie: String(serieK(4)), derogation_id: made.json().derogations[0].id }])
})

test('D−7: each side recognises the counts, once', async () => {
  expect((await tend(world, '2026-06-23')).filter(({ lotId }) => lotId === LOT.l1)).toEqual([{ lotId: LOT.l1, etape: 'constat' }])
  expect((await read()).prochaine).toMatchObject({ etape: 'constat', acteurs: ['collectivite', 'operateur'] })
  expect((await agree('constat', operateur)).statusCode).toBe(201)
  expect((await read()).prochaine).toMatchObject({ etape: 'constat', acteurs: ['collectivite'] })
  expect((await agree('constat')).statusCode).toBe(201)
  expect(codeOf(await agree('constat'))).toEqual([409, 'echeance_statut'])
  expect((await read()).prochaine).toMatchObject({ etape: 'fin', date: '2026-06-30', acteurs: [] })
  expect(await newsOf('echeance_accord')).toHaveLength(3)
})

test('another collectivité and another operator see nothing of it', async () => {
  for (const person of ['autre:collectivite.gestionnaire', 'autre:operateur.gestionnaire'] as const) {
    const stranger = world.as(person)
    for (const path of [URL, `${URL}/releve.pdf`, `${URL}/avoir.pdf`]) expect((await stranger.get(path)).statusCode).toBe(404)
    expect((await agree('constat', stranger)).statusCode).toBe(404)
    const { items } = (await stranger.get('/echeances')).json()
    expect(items.map(({ lotId }: { lotId: string }) => lotId)).toEqual([LOT.l9])
  }
})

test('an avenant that moves the date begins the calendar again: alerts, distribution, overrides', async () => {
  onDay(world, '2026-06-25')
  const body = { premier: formatSerie(serieK(8)), dernier: formatSerie(serieK(9)), motif: 'Permanence du 26 juin' }
  expect((await collectivite.post(`${URL}/derogations`, body)).statusCode).toBe(201)
  // what lots_prolong does once the avenant is in force (avenants.test.ts)
  await world.sql.query("update lot set date_fin = '2026-12-31' where id = $1", [LOT.l1])
  await world.sql.query("update carnet set date_fin = '2026-12-31' where lot_id = $1 and statut <> 'annule'", [LOT.l1])
  expect(await tend(world, '2026-06-26')).toEqual([])
  expect(await read()).toMatchObject({ dateFin: '2026-12-31', statut: 'en_cours', arret: null, alertes: [], accords: [], derogations: [] })
  expect((await handOver(8)).statusCode).toBe(201)
  const { rows } = await world.sql.query('select serie::text from carnet where lot_id = $1 and derogation_id is not null', [LOT.l1])
  // the one handed over before stays at the cost of the collectivité
  expect(rows).toEqual([{ serie: String(serieK(4)) }])
  const statuts = await world.sql.query('select date_fin::text, statut from echeance where lot_id = $1 order by 1', [LOT.l1])
  expect(statuts.rows).toEqual([
    { date_fin: '2026-03-31', statut: 'prolongee' },
    { date_fin: '2026-06-30', statut: 'prolongee' },
  ])
  expect((await tend(world, '2026-12-01')).filter(({ lotId }) => lotId === LOT.l1)).toEqual([{ lotId: LOT.l1, etape: 'alerte' }])
})

test('a lot found late is told its last step only', async () => {
  const told = await tend(world, '2026-12-28')
  expect(told.filter(({ lotId }) => lotId === LOT.l1)).toEqual([{ lotId: LOT.l1, etape: 'constat' }])
  expect((await read()).alertes.map(({ etape }) => etape).toSorted()).toEqual(['alerte', 'arret_distribution', 'constat'])
})

test('carnet K1 is not touched by any of this', async () => {
  const { rows } = await world.sql.query('select statut from carnet where public_id = $1', [CARNET.k1])
  expect(rows).toEqual([{ statut: 'remis' }])
})
