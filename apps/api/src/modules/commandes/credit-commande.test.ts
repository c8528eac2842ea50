import { Commande } from '@pass/contracts/commandes.ts'
import { Facture } from '@pass/contracts/factures.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const credit = (id: string, role: PersonKey = 'operateur.gestionnaire') =>
  world.as(role).post(`/commandes/${id}/avoir`, { motif: 'Commande passée deux fois.' })
const issue = (id: string) => world.as('operateur.gestionnaire').post(`/commandes/${id}/facture`)
const fund = (id: string, montantCentimes: number, referenceVirement: string) =>
  world
    .as('operateur.finance_preparateur')
    .post(`/commandes/${id}/encaissements`, { montantCentimes, referenceVirement, dateReception: '2026-03-10' })
const read = async (id: string) => Commande.parse((await world.as('collectivite.lecteur').get(`/commandes/${id}`)).json())
const balances = async () => {
  const { comptes, sommeCentimes } = (await world.as('collectivite.lecteur').get(`/conventions/${CONVENTION.cv1}/comptes`)).json()
  expect(sommeCentimes).toBe(0)
  const of = (nature: string) => comptes.find((compte: { nature: string }) => compte.nature === nature)?.soldeCentimes ?? 0
  return { payeur: of('payeur'), fonds: of('fonds'), frais: of('frais') }
}

test('a launched commande is cancelled by an avoir: its carnets end and what was received goes back', async () => {
  const before = await balances()
  const commande = await commandeUpTo(world, 'livree', { quantite: 5, manquants: (premiere) => [premiere] })
  const plain = await world.as('collectivite.gestionnaire').post(`/commandes/${commande.id}/annulation`, { motif: 'x' })
  expect([plain.statusCode, plain.json().message]).toEqual([409, expect.stringContaining('demandez un avoir')])
  expect((await credit(commande.id)).json().code).toBe('facture_absente')
  const facture = Facture.parse((await issue(commande.id)).json())
  await fund(commande.id, commande.totalCentimes, 'VIR-AVOIR')
  expect(await balances()).not.toEqual(before)

  const response = await credit(commande.id)
  expect(response.statusCode).toBe(201)
  const avoir = Facture.parse(response.json())
  expect(avoir).toMatchObject({
    numero: 'AV26-0001',
    nature: 'avoir',
    origine: { numero: facture.numero },
    totalCentimes: facture.totalCentimes,
    motif: 'Commande passée deux fois.',
    dateEcheance: null,
  })
  expect(await balances()).toEqual(before)
  expect(await read(commande.id)).toMatchObject({ statut: 'annulee', carnetsActivables: 0, echeance: null })
  const { rows } = await world.sql.query('select statut, count(*)::int n from carnet where lot_id = $1 group by 1', [commande.lot!.id])
  expect(rows).toEqual([{ statut: 'annule', n: 5 }])
  const moves = await world.sql.query("select sum(carnets)::int n, min(motif) motif from mouvement where lot_id = $1 and type = 'annule'", [
    commande.lot!.id,
  ])
  expect(moves.rows).toEqual([{ n: 5, motif: 'Commande passée deux fois.' }])
  expect((await world.sql.query('select name from reconciliation')).rows).toEqual([])
  const text = (await readPdf((await world.as('collectivite.lecteur').get(`/factures/${avoir.id}/document.pdf`)).rawPayload))[0]!.text
  for (const said of ['Avoir AV26-0001', `Annule la facture ${facture.numero}`, 'Motif : Commande passée deux fois.', 'Total de l’avoir'])
    expect(text).toContain(said)
  const told = await world.sql.query("select titre from notification where organisation_id = $1 and code = 'avoir_etabli'", [ORG.t1])
  expect(told.rows[0]?.titre).toContain('Avoir AV26-0001')
})

test('its amount may be ordered again, and its invoice is credited once', async () => {
  const left = async () => (await world.as('collectivite.lecteur').get(`/conventions/${CONVENTION.cv1}`)).json().commandeCentimes
  const before = await left()
  const { id } = await commandeUpTo(world, 'en_production')
  await issue(id)
  const answers = await Promise.all([credit(id), credit(id)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  expect(await left()).toBe(before)
})

test('a commande of which a carnet is active, allocated or on its way is not cancelled, and nothing of it moves', async () => {
  const commande = await commandeUpTo(world, 'livree', { quantite: 3 })
  await issue(commande.id)
  await fund(commande.id, commande.totalCentimes, 'VIR-ACTIF')
  await world.as('collectivite.gestionnaire').post(`/commandes/${commande.id}/mandat`, { numeroMandat: '2026-9' })
  await world.as('operateur.gestionnaire').post(`/commandes/${commande.id}/activations`, { carnets: 1 })
  const before = await balances()
  const refused = await credit(commande.id)
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'carnet_statut'])
  expect(refused.json().message).toContain('1\u00a0carnet est déjà actif')
  expect(await balances()).toEqual(before)
  expect((await read(commande.id)).statut).toBe('livree')
  const sent = await commandeUpTo(world, 'livree', { quantite: 1 })
  await issue(sent.id)
  await world.sql.query('update carnet set destination_id = $2 where lot_id = $1', [sent.lot!.id, ORG.p1])
  expect((await credit(sent.id)).json().code).toBe('carnet_statut')
})

test('a commande never paid, whose lot has ended: its avoir is written, and the carnets that lapsed stay lapsed', async () => {
  const commande = await commandeUpTo(world, 'livree', { quantite: 2 })
  await issue(commande.id)
  await world.sql.query(`update carnet set statut = 'expire' where lot_id = $1`, [commande.lot!.id])
  expect((await credit(commande.id)).statusCode).toBe(201)
  const { rows } = await world.sql.query('select statut, count(*)::int n from carnet where lot_id = $1 group by 1', [commande.lot!.id])
  expect([rows, (await read(commande.id)).statut]).toEqual([[{ statut: 'expire', n: 2 }], 'annulee'])
})

test('funds that have served another commande are missing: said with the amount', async () => {
  const one = await commandeUpTo(world, 'livree', { quantite: 2 })
  await issue(one.id)
  await fund(one.id, 20_000, 'VIR-SERVI')
  const { fonds } = await balances()
  await world.sql.query(
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
     select a.collectivite_id, a.id, account_of(a.collectivite_id, a.convention_id, a.operateur_id, 'circulation', null), $2, 'activation', a.convention_id, a.operateur_id, uuidv7(), now()
       from account a where a.convention_id = $1 and a.nature = 'fonds'`,
    [CONVENTION.cv1, fonds - 5000],
  )
  const refused = await credit(one.id)
  expect([refused.statusCode, refused.json().code, refused.json().message]).toEqual([
    409,
    'couverture_insuffisante',
    expect.stringContaining('150,00\u00a0€'),
  ])
})

test('a stranger gets 404, the buyer 403', async () => {
  const { id } = await commandeUpTo(world, 'en_production')
  expect((await credit(id, 'autre:operateur.gestionnaire')).statusCode).toBe(404)
  expect((await credit(id, 'collectivite.administrateur')).statusCode).toBe(403)
})
