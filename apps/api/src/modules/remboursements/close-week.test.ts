import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORG, PEOPLE, PROPOSITION } from '../../../../../prisma/seed/base/ids.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { newPerson } from '../../../test/new-person.ts'
import { use } from '../../../test/uses.ts'
import { createWorld, type Person } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const settings = {
  debiteurNom: 'Opérateur Modèle',
  debiteurIban: null,
  seuilsCentimes: [0, 4000],
  plancherHebdoCentimes: 2000,
}
const propose = (caller: typeof F1, change: object = {}) => caller.post('/parametres-paiement/propositions', { ...settings, ...change })
const decide = (caller: typeof F1, id: string, accord: boolean) =>
  caller.post(`/parametres-paiement/propositions/${id}/decision`, { accord })

beforeAll(async () => {
  await use(world, '2026-03-04T10:00:00+01:00', { rangs: [1, 2, 3] })
  await use(world, '2026-03-05T10:00:00+01:00', { chez: 's2', rangs: [4] })
  await use(world, '2026-03-09T10:00:00+01:00', { rangs: [5] })
  await world.sql.query(
    `insert into compte_bancaire (organisation_id, id, iban, iban_masque, titulaire, statut, accepte_at)
     select $1, gen_random_uuid(), iban, iban_masque, 'Espace', 'accepte', accepte_at from compte_bancaire where organisation_id = $2 limit 1`,
    [ORG.s2, ORG.s1],
  )
})

test('a week is refused while the operator has no floor', async () => {
  const response = await F1.post('/clotures/2026-W10')
  expect([response.statusCode, response.json().code]).toEqual([409, 'cloture_plancher_absent'])
})

test('settings are proposed by one person and decided by another, once; blank, the account stays', async () => {
  expect((await F1.get('/parametres-paiement')).json()).toMatchObject({
    actuels: {
      debiteurNom: 'Opérateur Pass numérique',
      debiteurIban: 'FR76\u00a03000\u00a01007\u00a09412\u00a03456\u00a07890\u00a0185',
      seuilsCentimes: [0],
    },
    enAttente: null,
    historique: [{ id: PROPOSITION.t1, statut: 'refusee', decidePar: 'Farid Approuve' }],
  })
  for (const wrong of [{ seuilsCentimes: [0, 0] }, { debiteurIban: 'FR7630001007941234567890186' }, { plancherHebdoCentimes: 0 }])
    expect((await propose(F1, wrong)).statusCode).toBe(400)
  const asked = await propose(F1)
  expect([asked.statusCode, asked.json().statut]).toEqual([201, 'proposee'])
  const { id } = asked.json()
  const said = async (call: ReturnType<typeof propose>) => {
    const response = await call
    return [response.statusCode, response.json().code ?? response.json().statut]
  }
  expect(await said(propose(F2))).toEqual([409, 'parametre_statut'])
  expect(await said(decide(F1, id, true))).toEqual([409, 'meme_personne'])
  expect((await decide(world.as('autre:operateur.finance_approbateur'), id, true)).statusCode).toBe(404)
  expect((await world.as('operateur.gestionnaire').post('/parametres-paiement/propositions', settings)).statusCode).toBe(403)
  expect(await said(decide(F2, id, true))).toEqual([200, 'acceptee'])
  expect(await said(decide(F2, id, false))).toEqual([409, 'parametre_statut'])
  // the database refuses it by itself
  await expect(world.sql.query('update parametre_proposition set decide_par = propose_par where id = $1', [id])).rejects.toThrow(
    /check constraint/,
  )
  expect((await F2.get('/parametres-paiement')).json().actuels).toMatchObject({
    debiteurNom: 'Opérateur Modèle',
    debiteurIban: 'FR76\u00a03000\u00a01007\u00a09412\u00a03456\u00a07890\u00a0185',
    seuilsCentimes: [0, 4000],
    plancherHebdoCentimes: 2000,
  })
  // no account in the answers kept under a key
  const { rows } = await world.sql.query(`select count(*)::int n from idempotence where reponse like '%FR76%'`)
  expect(rows).toEqual([{ n: 0 }])
})

test('a week pays whoever is owed the floor, for the uses before its Monday; the others wait for the month', async () => {
  world.setClock('2026-03-10T00:00:00+01:00')
  const preview = (await F1.get('/clotures/2026-W10')).json()
  expect(preview).toMatchObject({
    mois: '2026-03',
    semaine: 10,
    bordereaux: [{ structure: { id: ORG.s1 }, pass: 3, montantCentimes: 3000 }],
    enAttente: [{ structure: { id: ORG.s2 }, pass: 1, raison: 'prochain_bordereau' }],
  })
  expect((await F1.post('/clotures/2026-W10')).json()).toEqual(preview)
  world.setClock('2026-04-02T00:00:00+02:00')
  const month = (await F1.post('/clotures/2026-03')).json()
  // the two later ones of S1 (one of the base seed), and the one that waited
  expect(month).toMatchObject({ semaine: null, pass: 3, structures: 2 })
  const { items } = (await F1.get('/bordereaux?mois=2026-03')).json()
  expect(
    items
      .filter(({ structure }: { structure: { id: string } }) => structure.id === ORG.s1)
      .map(({ semaine, pass }: { semaine: number | null; pass: number }) => [semaine, pass]),
  ).toEqual([
    [null, 2],
    [10, 3],
  ])
  expect((await F1.get('/clotures')).json()).toMatchObject({
    plancherHebdoCentimes: 2000,
    items: [{ periode: '2026-03' }, { periode: '2026-W10', statut: 'terminee', faites: 1, par: 'Fanny Prépare' }, { periode: '2026-02' }],
  })
  await assertLedger(world.sql)
})

test('periods that do not exist are a 400', async () => {
  for (const wrong of ['2026-W54', '2025-W53', '2026-13', 'mars'])
    expect([wrong, (await F1.post(`/clotures/${wrong}`)).statusCode]).toEqual([wrong, 400])
})

const PERSON = PEOPLE['operateur.finance_approbateur']
test('D47: two thresholds ask for two people, whatever the order; the same one never twice', async () => {
  const { items } = (await F1.get('/bordereaux?statut=arrete')).json()
  const ids: string[] = items.map(({ id }: { id: string }) => id)
  // the sum of one reaches 40 €
  const big = items.find(({ semaine }: { semaine: number | null }) => semaine === 10).id as string
  await world.sql.query(`update parametre_paiement set seuils_centimes = '{0,3000}' where operateur_id = $1`, [ORG.o1])
  const checked = await F1.post('/bordereaux/controles', { bordereauIds: ids })
  expect([checked.statusCode, checked.json()]).toEqual([200, { bordereaux: ids.length, montantCentimes: 8000 }])
  // all or nothing, and each one in fault is named
  const again = await F1.post('/bordereaux/controles', { bordereauIds: ids })
  expect([again.statusCode, again.json().code, again.json().erreurs.length]).toEqual([409, 'bordereau_statut', ids.length])
  const approved = await F2.post('/bordereaux/approbations', { bordereauIds: ids })
  expect(approved.json()).toEqual({ bordereaux: ids.length, montantCentimes: 8000, enAttente: 1 })
  const said = async (call: ReturnType<typeof propose>) => {
    const response = await call
    return [response.statusCode, response.json().code ?? response.json().statut]
  }
  expect(await said(F2.post(`/bordereaux/${big}/approbation`))).toEqual([409, 'meme_personne'])
  expect(await said(world.as('operateur.finance_emetteur').post(`/bordereaux/${big}/transmission`))).toEqual([409, 'approbation_manquante'])
  expect((await F1.get(`/bordereaux/${big}`)).json()).toMatchObject({
    statut: 'controle',
    approbations: { donnees: 1, demandees: 2 },
    acteurs: { approuve: [PERSON.utilisateurId] },
  })
  const [second] = (await newPerson(world, [ORG.o1], 'operateur.finance_approbateur')) as [Person]
  expect(await said(world.as(second).post(`/bordereaux/${big}/approbation`))).toEqual([200, 'approuve'])
  // who approved first does not release either, whatever their role: the database refuses it by itself
  await expect(world.sql.query('update bordereau set transmis_par = $1 where id = $2', [PERSON.utilisateurId, big])).rejects.toThrow(
    /who approved does not release/,
  )
  await expect(
    world.sql.query(
      `insert into bordereau_approbation (organisation_id, bordereau_id, utilisateur_id, operateur_id, at) select organisation_id, id, controle_par, operateur_id, now() from bordereau where id = $1`,
      [big],
    ),
  ).rejects.toThrow(/who prepared does not approve/)
  // a threshold lowered since asks for one person more of what was approved already
  const small = ids.find((id) => id !== big)!
  await world.sql.query(`update parametre_paiement set seuils_centimes = '{0,1000}' where operateur_id = $1`, [ORG.o1])
  expect(await said(world.as('operateur.finance_emetteur').post(`/bordereaux/${small}/transmission`))).toEqual([
    409,
    'approbation_manquante',
  ])
  expect(await said(world.as(second).post(`/bordereaux/${small}/approbation`))).toEqual([200, 'approuve'])
})

test('a selection of somebody else’s is a 404; one twice, or none, a 400', async () => {
  const { items } = (await F1.get('/bordereaux')).json()
  const id = items[0].id as string
  const stranger = world.as('autre:operateur.finance_preparateur')
  expect((await stranger.post('/bordereaux/controles', { bordereauIds: [id] })).statusCode).toBe(404)
  expect((await F1.post('/bordereaux/controles', { bordereauIds: [id, id] })).statusCode).toBe(400)
  expect((await F1.post('/bordereaux/controles', { bordereauIds: [] })).statusCode).toBe(400)
  expect((await F1.post('/bordereaux/approbations', { bordereauIds: [id] })).statusCode).toBe(403)
})
