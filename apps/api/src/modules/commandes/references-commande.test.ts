import { Commande } from '@pass/contracts/commandes.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, expect, test } from 'vitest'
import { COMMANDE, CONVENTION, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const FREE = { exigeMarche: false, exigeEngagement: false, exigeCodeService: false, numeroMarche: null, codeService: null, siret: null }
const set = (changes: object, role: PersonKey = 'collectivite.gestionnaire') => world.as(role).put('/facturation', { ...FREE, ...changes })
const order = (changes: object = {}, key: string = randomUUID()) =>
  world
    .as('collectivite.gestionnaire')
    .post('/commandes', { conventionId: CONVENTION.cv1, quantite: 2, numeroEngagement: null, codeService: null, ...changes }, { key })
afterEach(() => set({}))

test('references are required only when the body demands them, each under its own field', async () => {
  expect((await order()).statusCode).toBe(201)
  await set({ exigeEngagement: true, exigeCodeService: true })
  const refused = await order()
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'reference_manquante'])
  expect(refused.json().erreurs.map(({ chemin }: { chemin: string }) => chemin)).toEqual(['numeroEngagement', 'codeService'])
  expect((await order({ numeroEngagement: 'EJ-1', codeService: 'DGS' })).statusCode).toBe(201)
})

test('a body’s settings fill in what its order leaves out; the SIRET is checked and kept as digits', async () => {
  const kept = await set({ numeroMarche: '2026-M-1', siret: '212 302 509 00014' })
  expect(kept.json()).toMatchObject({ numeroMarche: '2026-M-1', siret: '21230250900014' })
  expect(Commande.parse((await order()).json())).toMatchObject({ numeroMarche: '2026-M-1', siretFacturation: '21230250900014' })
  expect(Commande.parse((await order({ numeroMarche: 'M-2', siretFacturation: null })).json())).toMatchObject({
    numeroMarche: 'M-2',
    siretFacturation: null,
  })
  const wrong = await order({ siretFacturation: '212 302 509 00015' })
  expect([wrong.statusCode, wrong.json().code, wrong.json().erreurs[0].chemin]).toEqual([400, 'siret_invalide', 'siretFacturation'])
  expect((await set({ siret: '123' })).statusCode).toBe(400)
})

test('only those who manage say what the body demands; another body keeps its own', async () => {
  expect((await set({}, 'collectivite.lecteur')).statusCode).toBe(403)
  await set({ exigeMarche: true })
  expect((await world.as('autre:collectivite.lecteur').get('/facturation')).json().exigeMarche).toBe(false)
  expect((await world.as('operateur.gestionnaire').get('/facturation')).statusCode).toBe(403)
})

test('the references of an order are corrected until its invoice, and printed on its documents', async () => {
  const { id, reference } = await commandeUpTo(world, 'signee')
  const body = { numeroMarche: '2026-M-014', numeroEngagement: 'EJ-9', codeService: 'DGS', siretFacturation: null }
  const put = (role: PersonKey, changes: object = {}) => world.as(role).put(`/commandes/${id}/references`, { ...body, ...changes })
  const done = Commande.parse((await put('collectivite.gestionnaire')).json())
  expect(done).toMatchObject({ numeroMarche: '2026-M-014', statut: 'signee' })
  expect(done.etapes.at(-1)?.action).toBe('references')
  const again = Commande.parse((await put('collectivite.gestionnaire')).json())
  expect(again.etapes.length).toBe(done.etapes.length)
  expect((await put('autre:collectivite.gestionnaire')).statusCode).toBe(404)
  expect((await put('operateur.gestionnaire')).statusCode).toBe(403)
  const file = await world.as('operateur.support').get(`/commandes/${id}/bon-de-commande.pdf`)
  const text = (await readPdf(file.rawPayload))[0]!.text
  for (const said of [`Bon de commande ${reference}`, 'Numéro de marché : 2026-M-014', 'Code service : DGS', 'Signé par Ada Martin'])
    expect(text).toContain(said)
  expect((await world.as('collectivite.lecteur').get(`/commandes/${COMMANDE.devis}/bon-de-commande.pdf`)).statusCode).toBe(409)
  expect((await world.as('anct.pilote').get(`/commandes/${id}/bon-de-commande.pdf`)).statusCode).toBe(404)
})

test('the same order sent twice under its key is one order', async () => {
  const key = randomUUID()
  const [one, two] = [await order({}, key), await order({}, key)]
  expect([one.statusCode, two.statusCode, two.headers['idempotency-replayed']]).toEqual([201, 201, 'true'])
  expect(two.json().id).toBe(one.json().id)
})

test('each act says by when the next one is expected', async () => {
  const at = async (statut: 'signee' | 'maquette_a_valider' | 'maquette_validee' | 'expediee' | 'livree') =>
    (await commandeUpTo(world, statut)).echeance
  expect([
    await at('signee'),
    await at('maquette_a_valider'),
    await at('maquette_validee'),
    await at('expediee'),
    await at('livree'),
  ]).toEqual(['2026-03-13', '2026-03-16', '2026-03-17', '2026-03-17', null])
})

test('rates are dated: a quote takes those of its day and keeps them', async () => {
  const rates = { fraisAmontBp: 500, fraisAvalBp: 0, abonnementCentimes: 0, tvaBp: 1000 }
  const setRates = (dateEffet: string, role: PersonKey = 'anct.pilote') => world.as(role).post('/frais', { dateEffet, ...rates })
  expect((await setRates('2026-03-10')).json().code).toBe('frais_invalides')
  expect((await setRates('2026-03-11', 'operateur.gestionnaire')).statusCode).toBe(403)
  const before = await commandeUpTo(world, 'devis', { quantite: 10 })
  expect((await setRates('2026-03-11')).statusCode).toBe(201)
  expect((await setRates('2026-03-11')).statusCode).toBe(409)
  world.setClock('2026-03-11T09:00:00+01:00')
  const after = await commandeUpTo(world, 'devis', { quantite: 10 })
  expect([before.tvaBp, before.tvaCentimes, after.tvaBp, after.tvaCentimes]).toEqual([2000, 800, 1000, 400])
  const { items } = (await world.as('collectivite.lecteur').get('/frais')).json()
  expect(items.map(({ dateEffet, enVigueur }: { dateEffet: string; enVigueur: boolean }) => [dateEffet, enVigueur])).toEqual([
    ['2028-01-01', false],
    ['2026-03-11', true],
    ['2019-01-01', false],
  ])
  const text = (await readPdf((await world.as('collectivite.lecteur').get(`/commandes/${before.id}/devis.pdf`)).rawPayload))[0]!.text
  expect(text).toContain('20 %')
  world.setClock('2026-03-10T09:00:00+01:00')
})
