import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG, PRESCRIPTION, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { prescriptions } from './routes.ts'

const world = await createWorld({ modules: [{ routes: prescriptionRoutes, bind: prescriptions }] })
afterAll(() => world.close())

const agent = world.as('prescripteur.agent')
const PERSONNE = {
  prenom: 'Alix',
  nom: 'Exemple',
  trancheAge: '40_59',
  statutEmploi: 'sans_emploi',
  commune: '23025',
  contact: null as string | null,
}
const BODY = { ...prescriptionRoutes.handOverCarnet.example, motifDerogation: null as string | null }
type Change = { [K in keyof typeof BODY]?: unknown }
const body = (n: number, change: Change = {}) => ({ ...BODY, numero: formatSerie(serieK(n)), personne: PERSONNE, ...change })
const handOver = (n: number, change: Change = {}) => agent.post('/prescriptions', body(n, change))
const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]
const carnetOf = async (n: number) =>
  (await world.sql.query(`select statut, prescripteur_id, remis_at, beneficiaire_id, utilises from carnet where serie = $1`, [serieK(n)]))
    .rows[0]
/** More stock at P1: carnets 8 to 11 (active) and 13 (not active). */
await world.sql.query(
  `update carnet set statut = 'attribue', prescripteur_id = $1, attribue_at = now() where serie between $2 and $3 and serie <> $4`,
  [ORG.p1, serieK(8), serieK(13), serieK(12)],
)

test.each([
  ['on its way', 5, {}, [409, 'carnet_en_transit']],
  ['blocked', 7, {}, [409, 'carnet_bloque']],
  ['already handed over', 1, {}, [409, 'carnet_statut']],
  ['not active', 13, {}, [409, 'pas_actif']],
  ['for a public out of the convention', 3, { public: 'jeunes_16_25' }, [409, 'public_non_eligible']],
  ['without the person’s agreement', 3, { consentement: false }, [409, 'consentement_manquant']],
  ['without the identity that the convention asks', 3, { personne: null }, [409, 'identite_manquante']],
  ['for a person of an unknown commune', 3, { personne: { ...PERSONNE, commune: '99999' } }, [400, 'demande_malformee']],
  [
    'for someone who has a live carnet',
    3,
    { personne: { ...PERSONNE, prenom: 'basile', nom: 'INVENTE', trancheAge: '60_69' } },
    [409, 'carnet_deja_remis'],
  ],
  ['with a number mistyped', 3, { numero: 'PN 26-0000003-A' }, [400, 'numero_malforme']],
])('a carnet %s is not handed over, and nothing is kept of the person', async (_, n, change, expected) => {
  const people = async () => (await world.sql.query('select count(*)::int as n from beneficiaire')).rows[0].n
  const before = [await people(), await carnetOf(n)]
  expect(refusalOf(await handOver(n, change))).toEqual(expected)
  expect([await people(), await carnetOf(n)]).toEqual(before)
})

test.each([
  ['nom', { personne: { ...PERSONNE, nom: 'Exemple 2 85 05 78 006 084 36' } }],
  ['contact', { personne: { ...PERSONNE, contact: '285057800608436' } }],
  ['prenom', { personne: { ...PERSONNE, prenom: '1 84 12 2A 076 451' } }],
  ['motifDerogation', { motifDerogation: 'Sécu 2850578006084' }],
])('a social security number in %s is refused, and names its field', async (champ, change) => {
  const answer = await handOver(3, change)
  expect(refusalOf(answer)).toEqual([400, 'nir_refuse'])
  expect(answer.json().erreurs[0].chemin).toContain(champ)
})

test('after its validity, a carnet is not handed over any more', async () => {
  world.setClock('2026-07-01T09:00:00+02:00')
  expect(refusalOf(await handOver(3))).toEqual([409, 'expire'])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('a carnet of another counter, or of another territory, is not there', async () => {
  expect((await handOver(12)).statusCode).toBe(404)
  expect((await world.as('autre:prescripteur.agent').post('/prescriptions', body(3))).statusCode).toBe(404)
  expect((await world.as('collectivite.gestionnaire').post('/prescriptions', body(3))).statusCode).toBe(403)
})

test('a carnet is handed over: person, diagnostic, custody and history are written together', async () => {
  const answer = await handOver(3)
  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({
    serie: formatSerie(serieK(3)),
    personne: { prenom: 'Alix', nom: 'Exemple' },
    niveau: 'debutant',
    besoin: 'demarches',
    public: 'demandeurs_emploi',
    remisAt: '2026-03-10T08:00:00.000Z',
    utilises: 0,
    annulee: false,
  })
  expect(await carnetOf(3)).toMatchObject({ statut: 'remis', prescripteur_id: ORG.p1, beneficiaire_id: answer.json().personne.id })
  const { rows } = await world.sql.query(`select type from mouvement where serie_premiere = $1 and serie_derniere = $1`, [serieK(3)])
  expect(rows).toEqual([{ type: 'remis' }])
})

test('the person already has a carnet, however the name is typed; another one takes a reason, and it is the same person', async () => {
  const personne = { ...PERSONNE, prenom: ' ALIX ', nom: 'éxemple', contact: '06 00 00 00 00' }
  expect(refusalOf(await handOver(4, { personne }))).toEqual([409, 'carnet_deja_remis'])
  const second = await handOver(4, { personne, motifDerogation: 'Premier carnet resté chez un proche' })
  expect(second.statusCode).toBe(201)
  const { rows } = await world.sql.query(`select count(*)::int as n, max(contact) as contact from beneficiaire where nom = 'Exemple'`)
  expect(rows).toEqual([{ n: 1, contact: '06 00 00 00 00' }])
})

test('the same name in another age bracket is another person', async () => {
  expect((await handOver(8, { personne: { ...PERSONNE, trancheAge: '18_24' } })).statusCode).toBe(201)
})

test('two counters hand over the same carnet: one does, and nobody is registered twice', async () => {
  const answers = await Promise.all(
    ['Un', 'Deux', 'Trois', 'Quatre'].map((prenom) => handOver(9, { personne: { ...PERSONNE, prenom, nom: 'Course' } })),
  )
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409])
  expect((await world.sql.query(`select count(*)::int as n from beneficiaire where nom = 'Course'`)).rows).toEqual([{ n: 1 }])
})

/** Somebody else changes the carnet after we read it and before we write it. */
const meanwhile = async (n: number, change: string, act: () => Promise<{ statusCode: number; json: () => { code: string } }>) => {
  await world.sql.query('begin')
  await world.sql.query(`update carnet set ${change} where serie = $1`, [serieK(n)])
  const answer = act()
  await new Promise((resolve) => setTimeout(resolve, 500))
  await world.sql.query('commit')
  return refusalOf(await answer)
}

test('a carnet blocked while it is being handed over stays blocked, with nobody', async () => {
  const block = `statut = 'bloque', statut_avant_blocage = 'attribue', motif_blocage = 'perdu'`
  expect(await meanwhile(10, block, () => handOver(10, { personne: { ...PERSONNE, prenom: 'Trop', nom: 'Tard' } }))).toEqual([
    409,
    'modifie_entre_temps',
  ])
  expect(await carnetOf(10)).toMatchObject({ statut: 'bloque', beneficiaire_id: null })
  await world.sql.query(`update carnet set statut = 'attribue', statut_avant_blocage = null, motif_blocage = null where serie = $1`, [
    serieK(10),
  ])
})

test('a pass used while its carnet is being taken back keeps the carnet with the person', async () => {
  const { items } = (await agent.get('/prescriptions?recherche=course')).json()
  expect(await meanwhile(9, 'utilises = 1', () => agent.post(`/prescriptions/${items[0].id}/reprise`))).toEqual([
    409,
    'modifie_entre_temps',
  ])
  expect(await carnetOf(9)).toMatchObject({ statut: 'remis', utilises: 1 })
  await world.sql.query('update carnet set utilises = 0 where serie = $1', [serieK(9)])
})

test('one person at two counters at once gets one carnet', async () => {
  const personne = { ...PERSONNE, prenom: 'Sacha', nom: 'Doublon' }
  const answers = await Promise.all([10, 11].map((n) => handOver(n, { personne })))
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  expect(answers.flatMap((answer) => (answer.statusCode === 409 ? [answer.json().code] : []))).toEqual(['carnet_deja_remis'])
})

test('the same key tells the same answer again, and hands over once', async () => {
  const left = (await carnetOf(10)).statut === 'attribue' ? 10 : 11
  const key = '0192d1c0-0000-7000-8000-990000000001'
  const personne = { ...PERSONNE, prenom: 'Rejoue', nom: 'Unique' }
  const [first, again] = [
    await agent.post('/prescriptions', body(left, { personne }), { key }),
    await agent.post('/prescriptions', body(left, { personne }), { key }),
  ]
  expect([first.statusCode, again.statusCode, again.headers['idempotency-replayed']]).toEqual([201, 201, 'true'])
  expect(again.body).toBe(first.body)
})

test('when the convention asks nothing, a name is refused and the carnet is handed over without one', async () => {
  await world.sql.query(`update convention set identite = 'anonyme' where id = $1`, [CONVENTION.cv1])
  await world.sql.query(`update carnet set statut = 'attribue', prescripteur_id = $1, destination_id = null where serie = $2`, [
    ORG.p1,
    serieK(6),
  ])
  expect(refusalOf(await handOver(6))).toEqual([409, 'identite_non_demandee'])
  const answer = await handOver(6, { personne: null })
  expect([answer.statusCode, answer.json().personne]).toEqual([201, null])
  await world.sql.query(`update convention set identite = 'minimale' where id = $1`, [CONVENTION.cv1])
})

test('a carnet is taken back the same day, unused: it returns to the stock, and can go to somebody else', async () => {
  const { items } = (await agent.get('/prescriptions?recherche=course')).json()
  const taken = await agent.post(`/prescriptions/${items[0].id}/reprise`)
  expect(taken.json()).toMatchObject({ annulee: true })
  expect(await carnetOf(9)).toMatchObject({ statut: 'attribue', prescripteur_id: ORG.p1, remis_at: null, beneficiaire_id: null })
  expect(refusalOf(await agent.post(`/prescriptions/${items[0].id}/reprise`))).toEqual([409, 'carnet_statut'])
  expect((await handOver(9, { personne: { ...PERSONNE, prenom: 'Autre', nom: 'Personne' } })).statusCode).toBe(201)
})

test('a carnet handed over another day, or used, is not taken back', async () => {
  expect(refusalOf(await agent.post(`/prescriptions/${PRESCRIPTION.k1}/reprise`))).toEqual([409, 'delai_depasse'])
  expect(refusalOf(await agent.post(`/prescriptions/${PRESCRIPTION.k2}/reprise`))).toEqual([409, 'carnet_entame'])
})

test('a stranger takes nothing back and lists nobody', async () => {
  for (const stranger of [world.as('p2:prescripteur.agent'), world.as('autre:prescripteur.agent')])
    expect((await stranger.post(`/prescriptions/${PRESCRIPTION.k1}/reprise`)).statusCode).toBe(404)
  expect((await world.as('p2:prescripteur.agent').get('/prescriptions')).json()).toEqual({ items: [], suivant: null, total: 0 })
})

test('hand-overs are listed, the last first, by the beginning of either name; the reading is journaled without a name', async () => {
  const page = (await agent.get('/prescriptions?taille=10')).json()
  expect(page.total).toBe(page.items.length)
  expect(page.items.at(-1).id).toBe(PRESCRIPTION.k1)
  const names = async (recherche: string) =>
    (await agent.get(`/prescriptions?recherche=${encodeURIComponent(recherche)}`))
      .json()
      .items.map(({ personne }: { personne: { nom: string } }) => personne.nom)
  expect(await names('INVENTÉ')).toEqual(['Inventée', 'Inventé'])
  expect(await names('basile inv')).toEqual(['Inventé'])
  expect(await names('nventé')).toEqual([])
  const { rows } = await world.sql.query(
    `select count(*)::int as n, string_agg(objet::text, '') as said from audit_event where action = 'listPrescriptions'`,
  )
  expect(rows[0].n).toBeGreaterThan(3)
  expect(rows[0].said).not.toMatch(/basile|invent/i)
})
