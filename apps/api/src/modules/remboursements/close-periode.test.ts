import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIEU, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { use } from '../../../test/uses.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const preparateur = world.as('operateur.finance_preparateur')
const TIERS_LIEU = '0192d1c0-0000-7000-8000-300000000077'
const count = async (table: string) => Number((await world.sql.query(`select count(*) n from ${table}`)).rows[0].n)
const statuts = async (acte: string) =>
  (await world.sql.query('select statut from redemption where acte_id = $1 order by id', [acte])).rows.map(({ statut }) => statut)

let before: string
let after: string
let sansCompte: string

beforeAll(async () => {
  await world.sql.query(
    `insert into lieu (organisation_id, id, nom, adresse, code_postal, commune, nom_commune, departement, territoires) select organisation_id, $2, 'Tiers-lieu, annexe', adresse, code_postal, commune,
       nom_commune, departement, territoires from lieu where id = $1`,
    [LIEU.l1, TIERS_LIEU],
  )
  before = await use(world, '2026-03-31T23:59:59+02:00', { rangs: [1, 2] })
  after = await use(world, '2026-04-01T00:00:00+02:00', { rangs: [3] })
  await use(world, '2026-03-20T10:00:00+01:00', { rangs: [4, 5], lieu: TIERS_LIEU })
  sansCompte = await use(world, '2026-03-15T10:00:00+01:00', { chez: 's2', rangs: [6, 7] })
  await use(world, '2026-03-15T10:00:00+01:00', { chez: 's3', rangs: [8] })
})

test('a month closes 24 hours after its cut-off, not before', async () => {
  world.setClock('2026-04-01T23:59:59+02:00')
  const response = await preparateur.post('/clotures/2026-03')
  expect([response.statusCode, response.json().code]).toEqual([409, 'bordereau_trop_tot'])
})

test('the dry run gives the figures of the real one and writes nothing; two closings at once make each bordereau once, without gap', async () => {
  world.setClock('2026-04-02T00:00:00+02:00')
  const tables = ['bordereau', 'bordereau_convention', 'outbox', 'audit_event', 'idempotence']
  const counted = async () => {
    const counts: number[] = []
    for (const table of tables) counts.push(await count(table))
    return counts
  }
  const counts = await counted()
  const preview = (await preparateur.get('/clotures/2026-03')).json()
  expect(await counted()).toEqual(counts)
  expect(preview).toMatchObject({
    mois: '2026-03',
    pass: 5,
    montantCentimes: 5000,
    bordereaux: [{ structure: { id: ORG.s1 }, pass: 5, montantCentimes: 5000 }],
  })
  // D08, and the suspended one: its account is missing first
  expect(
    preview.enAttente.map(({ structure, raison, pass }: { structure: { id: string }; raison: string; pass: number }) => [
      structure.id,
      raison,
      pass,
    ]),
  ).toEqual([
    [ORG.s2, 'compte_absent', 2],
    [ORG.s3, 'compte_absent', 1],
  ])
  const both = await Promise.all([1, 2].map(() => preparateur.post('/clotures/2026-03')))
  expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201])
  const made = both.map((response) => response.json()).toSorted((a, b) => b.pass - a.pass)
  expect(made[0]).toEqual(preview)
  expect(made[1]).toMatchObject({ pass: 0, bordereaux: [] })
  const { rows } = await world.sql.query(`select reference from bordereau where operateur_id = $1 order by 1`, [ORG.o1])
  expect(rows.map(({ reference }) => reference)).toEqual(['B26-0001', 'B26-0002'])
})

test('23:59:59 is in, 00:00:00 is out (D04)', async () => {
  expect([await statuts(before), await statuts(after)]).toEqual([['en_bordereau', 'en_bordereau'], ['a_payer']])
})

test('one bordereau for a structure and its places; its lines, subtotals and amount agree (D07, D12)', async () => {
  const { items } = (await preparateur.get('/bordereaux?mois=2026-03')).json()
  expect(items).toHaveLength(1)
  const bordereau = (await preparateur.get(`/bordereaux/${items[0].id}`)).json()
  expect(bordereau).toMatchObject({
    reference: 'B26-0002',
    pass: 5,
    montantCentimes: 5000,
    statut: 'arrete',
    conventions: [{ collectivite: 'Département de la Creuse', pass: 5, montantCentimes: 5000 }],
  })
  expect(bordereau.lieux).toEqual([
    { lieu: 'Le Chai', pass: 3, montantCentimes: 3000 },
    { lieu: 'Tiers-lieu, annexe', pass: 2, montantCentimes: 2000 },
  ])
  expect(bordereau.etapes).toEqual([{ action: 'Arrêté', acteur: 'Fanny Prépare', at: '2026-04-01T22:00:00.000Z' }])
})

test('what waited for an account is taken by the next bordereau, once (D08)', async () => {
  expect(await statuts(sansCompte)).toEqual(['a_payer', 'a_payer'])
  await world.sql.query(
    `insert into compte_bancaire (organisation_id, id, iban, iban_masque, titulaire, statut) select $1, gen_random_uuid(), iban, iban_masque, 'Espace', 'propose' from compte_bancaire limit 1`,
    [ORG.s2],
  )
  const waiting = (await preparateur.get('/clotures/2026-03')).json()
  expect(waiting.enAttente[0]).toMatchObject({ structure: { id: ORG.s2 }, raison: 'iban_en_verification' })
  await world.sql.query(`update compte_bancaire set statut = 'accepte', accepte_at = now() where organisation_id = $1`, [ORG.s2])
  const closed = (await preparateur.post('/clotures/2026-03')).json()
  expect(closed).toMatchObject({ pass: 2, bordereaux: [{ structure: { id: ORG.s2 }, montantCentimes: 2000 }] })
  expect(await statuts(sansCompte)).toEqual(['en_bordereau', 'en_bordereau'])
})

test('what comes late for a structure already closed waits for the next bordereau', async () => {
  await use(world, '2026-03-30T10:00:00+02:00', { rangs: [9] })
  const cloture = (await preparateur.post('/clotures/2026-03')).json()
  expect(cloture).toMatchObject({ pass: 0, bordereaux: [] })
  expect(cloture.enAttente.find(({ structure }: { structure: { id: string } }) => structure.id === ORG.s1)).toMatchObject({
    raison: 'prochain_bordereau',
    pass: 1,
  })
  world.setClock('2026-05-02T09:00:00+02:00')
  expect((await preparateur.post('/clotures/2026-04')).json()).toMatchObject({ pass: 2, bordereaux: [{ structure: { id: ORG.s1 } }] })
})

test('after every closing the ledger, the pass and the lines agree', async () => {
  expect(await assertLedger(world.sql)).toBeUndefined()
})

test('another operator closes its own uses only; a month that does not exist is a 400', async () => {
  const stranger = (await world.as('autre:operateur.finance_preparateur').post('/clotures/2026-04')).json()
  expect(stranger).toMatchObject({ pass: 0, bordereaux: [], enAttente: [] })
  const list = (await world.as('autre:operateur.finance_preparateur').get('/bordereaux')).json()
  expect(list.items.map(({ reference }: { reference: string }) => reference)).toEqual(['B26-0901'])
  expect((await preparateur.post('/clotures/2026-13')).statusCode).toBe(400)
})
