import { Facture, factureRoutes } from '@pass/contracts/factures.ts'
import { afterAll, expect, test } from 'vitest'
import { COMMANDE, FACTURE, ORG, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const issue = (commandeId: string, role: PersonKey = 'operateur.gestionnaire') => world.as(role).post(`/commandes/${commandeId}/facture`)
const issued = async (statut: 'en_production' | 'livree' = 'livree') => {
  const { id } = await commandeUpTo(world, statut)
  return Facture.parse((await issue(id)).json())
}
const follow = (factureId: string, action: string, role: PersonKey, motif: string | null = null) =>
  world.as(role).post(`/factures/${factureId}/suivi`, { action, motif })
const read = async (id: string) => Facture.parse((await world.as('collectivite.lecteur').get(`/factures/${id}`)).json())
const textOf = async (id: string) =>
  (await readPdf((await world.as('collectivite.lecteur').get(`/factures/${id}/document.pdf`)).rawPayload))
    .map(({ text }) => text)
    .join('\n')
const numbers = async (nature: string) =>
  (
    await world.sql.query('select rang from facture where operateur_id = $1 and nature = $2 and annee = 2026 order by rang', [
      ORG.o1,
      nature,
    ])
  ).rows.map(({ rang }) => rang)

test('an invoice says what its commande costs, under the next number of the year, and when it is to be paid', async () => {
  const { id, reference } = await commandeUpTo(world, 'livree', { quantite: 12 })
  const response = await issue(id, 'operateur.finance_preparateur')
  expect(response.statusCode).toBe(201)
  const facture = Facture.parse(response.json())
  expect(facture).toMatchObject({
    numero: 'F26-0002',
    nature: 'facture',
    statut: 'deposee',
    commande: { id, reference },
    dateEmission: '2026-03-10',
    dateEcheance: '2026-04-09',
    montantCentimes: 120_000,
    fraisCentimes: 4800,
    tvaCentimes: 960,
    totalCentimes: 125_760,
    fraisBp: 400,
    tvaBp: 2000,
    avoir: null,
  })
  expect(facture.evenements).toMatchObject([{ statut: 'deposee', acteur: 'Fanny Prépare', organisation: 'Opérateur Modèle' }])
  const commande = (await world.as('collectivite.lecteur').get(`/commandes/${id}`)).json()
  expect(commande.facture).toEqual({ id: facture.id, numero: 'F26-0002', statut: 'deposee' })
  expect(commande.etapes.at(-1)).toMatchObject({ action: 'facture', commentaire: 'F26-0002' })
  const [told] = (
    await world.sql.query("select titre, lien from notification where organisation_id = $1 and code = 'facture_deposee'", [ORG.t1])
  ).rows
  expect([told?.titre, told?.lien]).toEqual([
    `Facture F26-0002\u00a0: 1\u00a0257,60\u00a0€ pour la commande ${reference}`,
    `/collectivite/factures/${facture.id}`,
  ])
})

test('no invoice before the production, and one only, even five at once: the numbers have no gap', async () => {
  for (const statut of ['brouillon', 'maquette_validee', 'annulee'] as const)
    expect((await issue(COMMANDE[statut])).json().code).toBe('commande_statut')
  const before = await numbers('facture')
  const { id } = await commandeUpTo(world, 'en_production')
  const answers = await Promise.all(Array.from({ length: 5 }, () => issue(id)))
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 4 }, () => 409)])
  expect(new Set(answers.filter(({ statusCode }) => statusCode === 409).map((one) => one.json().code))).toEqual(
    new Set(['facture_existante']),
  )
  expect(await numbers('facture')).toEqual([...before, before.length + 1])
})

test('invoices of different commandes at the same instant take numbers that follow each other', async () => {
  const before = await numbers('facture')
  const commandes = []
  for (let i = 0; i < 5; i++) commandes.push(await commandeUpTo(world, 'en_production', { quantite: 1 }))
  const answers = await Promise.all(commandes.map(({ id }) => issue(id)))
  expect(answers.every(({ statusCode }) => statusCode === 201)).toBe(true)
  expect(await numbers('facture')).toEqual(Array.from({ length: before.length + 5 }, (_, i) => i + 1))
  expect((await world.sql.query('select name from reconciliation')).rows).toEqual([])
})

test('sent back to be corrected, an invoice keeps its number and takes the corrected references', async () => {
  const { id, numero, commande } = await issued()
  const references = { numeroMarche: null, numeroEngagement: 'EJ-BON', codeService: 'DGS', siretFacturation: '212 302 509 00014' }
  const set = () => world.as('collectivite.gestionnaire').put(`/commandes/${commande.id}/references`, references)
  const early = await set()
  expect([early.statusCode, early.json().code]).toEqual([409, 'facture_existante'])
  expect((await follow(id, 'recycle', 'collectivite.gestionnaire')).json().code).toBe('motif_manquant')
  const back = await follow(id, 'recycle', 'collectivite.gestionnaire', 'Numéro d’engagement faux.')
  expect(back.json()).toMatchObject({ statut: 'a_recycler', numero })
  const { aFaire } = (await world.as('operateur.finance_preparateur').get('/accueil')).json()
  expect(aFaire.map(({ code }: { code: string }) => code)).toContain('facture_a_reprendre')
  expect((await set()).statusCode).toBe(200)
  expect((await follow(id, 'redeposit', 'collectivite.gestionnaire')).json().code).toBe('facture_statut')
  const again = Facture.parse((await follow(id, 'redeposit', 'operateur.gestionnaire')).json())
  expect(again).toMatchObject({
    numero,
    statut: 'deposee',
    numeroEngagement: 'EJ-BON',
    codeService: 'DGS',
    siretFacturation: '21230250900014',
  })
  expect(again.evenements.map(({ statut, motif }) => [statut, motif])).toEqual([
    ['deposee', null],
    ['a_recycler', 'Numéro d’engagement faux.'],
    ['deposee', null],
  ])
  const text = await textOf(id)
  for (const said of [`Facture ${numero}`, 'Numéro d’engagement : EJ-BON', 'SIRET de facturation : 212 302 509 00014', 'Net à payer'])
    expect(text).toContain(said)
  const told = await world.sql.query("select titre, texte from notification where organisation_id = $1 and code = 'facture_a_recycler'", [
    ORG.o1,
  ])
  expect(told.rows[0]).toMatchObject({
    titre: `Facture ${numero}\u00a0: à recycler`,
    texte: 'Département de la Creuse\u00a0: «\u00a0Numéro d’engagement faux.\u00a0»',
  })
})

test('rejected, an invoice ends and the next one takes a new number', async () => {
  const { id, commande } = await issued()
  const before = await numbers('facture')
  expect((await follow(id, 'reject', 'operateur.finance_preparateur', 'Mauvais destinataire.')).json().statut).toBe('rejetee')
  expect((await follow(id, 'deliver', 'collectivite.gestionnaire')).json().code).toBe('facture_statut')
  const next = Facture.parse((await issue(commande.id)).json())
  expect(next.numero).toBe(`F26-${String(before.length + 1).padStart(4, '0')}`)
  expect(await textOf(id)).toContain('REJETÉE')
  expect((await world.as('collectivite.lecteur').get(`/commandes/${commande.id}`)).json().facture.id).toBe(next.id)
})

test('an invoice follows the mandat and the funds by itself', async () => {
  const { id, commande, totalCentimes } = await issued()
  await follow(id, 'deliver', 'collectivite.gestionnaire')
  await world.as('collectivite.gestionnaire').post(`/commandes/${commande.id}/mandat`, { numeroMandat: '2026-77' })
  expect((await read(id)).statut).toBe('mandatee')
  const fund = (montantCentimes: number, referenceVirement: string) =>
    world
      .as('operateur.finance_preparateur')
      .post(`/commandes/${commande.id}/encaissements`, { montantCentimes, referenceVirement, dateReception: '2026-03-10' })
  await fund(1000, 'VIR-F1')
  expect((await read(id)).statut).toBe('mandatee')
  await fund(totalCentimes - 1000, 'VIR-F2')
  const { statut, evenements } = await read(id)
  expect([statut, evenements.at(-1)?.motif]).toEqual(['payee', 'Virement VIR-F2'])
})

test('a commande already mandated or paid has an invoice that says so at once', async () => {
  const one = await commandeUpTo(world, 'livree')
  await world.as('collectivite.gestionnaire').post(`/commandes/${one.id}/mandat`, { numeroMandat: '2026-78' })
  expect((await issue(one.id)).json().statut).toBe('mandatee')
  const two = await commandeUpTo(world, 'livree')
  await world.as('operateur.finance_preparateur').post(`/commandes/${two.id}/encaissements`, {
    montantCentimes: two.totalCentimes,
    referenceVirement: 'VIR-F3',
    dateReception: '2026-03-10',
  })
  expect((await issue(two.id)).json().statut).toBe('payee')
})

test('each party lists and reads its own; a stranger and the ANCT nothing', async () => {
  const list = factureRoutes.listFactures.response
  const mine = list.parse((await world.as('collectivite.lecteur').get(`/factures?commandeId=${COMMANDE.c1}`)).json())
  expect(mine.items.map(({ id, numero, statut }) => [id, numero, statut])).toEqual([[FACTURE.t1, 'F26-0001', 'mandatee']])
  const other = list.parse((await world.as('autre:operateur.gestionnaire').get('/factures')).json())
  expect(other.items.map(({ id }) => id)).toEqual([FACTURE.t2])
  expect((await world.as('operateur.support').get('/factures?statut=mandatee&nature=avoir')).json().total).toBe(0)
  for (const path of ['', '/document.pdf'])
    expect((await world.as('autre:collectivite.lecteur').get(`/factures/${FACTURE.t1}${path}`)).statusCode).toBe(404)
  expect((await world.as('anct.pilote').get('/factures')).statusCode).toBe(403)
  expect((await issue(COMMANDE.c1, 'autre:operateur.gestionnaire')).statusCode).toBe(404)
  expect((await issue(COMMANDE.c1, 'collectivite.administrateur')).statusCode).toBe(403)
  expect((await follow(FACTURE.t1, 'reject', 'autre:collectivite.gestionnaire', 'x')).statusCode).toBe(404)
})

test('the same invoice gives the same bytes, tagged and in French', async () => {
  const [one, two] = [
    await world.as('collectivite.lecteur').get(`/factures/${FACTURE.t1}/document.pdf`),
    await world.as('operateur.support').get(`/factures/${FACTURE.t1}/document.pdf`),
  ]
  expect(one.rawPayload.equals(two.rawPayload)).toBe(true)
  expect(one.headers['content-disposition']).toContain('facture-F26-0001.pdf')
  const raw = one.rawPayload.toString('latin1')
  expect([raw.includes('/Lang (fr-FR)'), raw.includes('/Marked true')]).toEqual([true, true])
})

test('the amounts of an invoice never change, whoever asks', async () => {
  await expect(
    world.sql
      .query("select set_config('role', 'as_operateur', false)")
      .then(() => world.sql.query('update facture set total_centimes = 1')),
  ).rejects.toThrow('permission denied')
  await world.sql.query('reset role')
  await expect(world.sql.query('update facture_evenement set motif = null')).rejects.toThrow('only grows')
})
