import { afterAll, expect, test } from 'vitest'
import { COMMANDE, CONVENTION, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

let line = 0
const record = (
  id: string,
  montantCentimes: number,
  referenceVirement = `VIR-${line++}`,
  role: PersonKey = 'operateur.finance_preparateur',
) => world.as(role).post(`/commandes/${id}/encaissements`, { montantCentimes, referenceVirement, dateReception: '2026-03-10' })
const balances = async () => {
  const { comptes, sommeCentimes } = (await world.as('collectivite.lecteur').get(`/conventions/${CONVENTION.cv1}/comptes`)).json()
  expect(sommeCentimes).toBe(0)
  const of = (nature: string) => comptes.find((compte: { nature: string }) => compte.nature === nature)?.soldeCentimes ?? 0
  return { fonds: of('fonds'), frais: of('frais') }
}

test('funds cover the face value first, then the fees, and every euro is in the ledger', async () => {
  const { id } = await commandeUpTo(world, 'signee') // 4 carnets: 400 € + 16 € + 3,20 €
  const before = await balances()
  const first = await record(id, 30_000)
  expect(first.statusCode).toBe(201)
  expect(await balances()).toEqual({ fonds: before.fonds + 30_000, frais: before.frais })
  const rest = await record(id, 11_920, 'VIR-RESTE')
  expect(rest.json().encaissements).toMatchObject([
    { montantCentimes: 30_000, fraisCentimes: 0 },
    { montantCentimes: 11_920, fraisCentimes: 1920, referenceVirement: 'VIR-RESTE', dateReception: '2026-03-10' },
  ])
  expect(await balances()).toEqual({ fonds: before.fonds + 40_000, frais: before.frais + 1920 })
  const beyond = await record(id, 1)
  expect([beyond.statusCode, beyond.json().code]).toEqual([409, 'commande_invalide'])
  expect(beyond.json().message).toContain('dépasse de 0,01\u00a0€')
  expect(rest.json().etapes.at(-1)).toMatchObject({ action: 'encaissement', commentaire: '119,20\u00a0€', acteur: 'Fanny Prépare' })
})

test('a bank line is recorded once, on one commande or on two, even at the same instant', async () => {
  const [one, two] = [await commandeUpTo(world, 'signee'), await commandeUpTo(world, 'signee')]
  await record(one.id, 1000, 'VIR-A')
  const again = await record(one.id, 1000, 'VIR-A')
  expect([again.statusCode, again.json().code, again.json().erreurs[0].chemin]).toEqual([409, 'deja_enregistre', 'referenceVirement'])
  expect((await record(two.id, 1000, 'VIR-A')).statusCode).toBe(409)
  const before = await balances()
  const answers = await Promise.all([record(one.id, 1000, 'VIR-B'), record(two.id, 1000, 'VIR-B')])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  expect((await balances()).fonds).toBe(before.fonds + 1000)
})

test('two encaissements of the whole amount at once: one is recorded', async () => {
  const { id, totalCentimes } = await commandeUpTo(world, 'signee')
  const answers = await Promise.all([record(id, totalCentimes), record(id, totalCentimes)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  expect(answers.find(({ statusCode }) => statusCode === 409)!.json().code).toBe('commande_invalide')
})

test('funds and mandats belong to a signed order, and a bank day that has come', async () => {
  for (const id of [COMMANDE.brouillon, COMMANDE.devis, COMMANDE.annulee]) {
    expect((await record(id, 1000)).json().code).toBe('commande_statut')
    expect((await world.as('collectivite.gestionnaire').post(`/commandes/${id}/mandat`, { numeroMandat: '2026-1' })).json().code).toBe(
      'commande_statut',
    )
  }
  const tomorrow = { montantCentimes: 1000, referenceVirement: 'VIR-D', dateReception: '2026-03-11' }
  expect((await world.as('operateur.finance_preparateur').post(`/commandes/${COMMANDE.signee}/encaissements`, tomorrow)).json().code).toBe(
    'commande_invalide',
  )
})

test('the buyer gives the number of its mandat', async () => {
  const response = await world
    .as('collectivite.gestionnaire')
    .post(`/commandes/${COMMANDE.signee}/mandat`, { numeroMandat: ' 2026-001234 ' })
  expect([response.statusCode, response.json().numeroMandat, response.json().etapes.at(-1).action]).toEqual([200, '2026-001234', 'mandat'])
  expect((await world.as('operateur.gestionnaire').post(`/commandes/${COMMANDE.signee}/mandat`, { numeroMandat: '1' })).statusCode).toBe(
    403,
  )
  expect(
    (await world.as('autre:collectivite.gestionnaire').post(`/commandes/${COMMANDE.signee}/mandat`, { numeroMandat: '1' })).statusCode,
  ).toBe(404)
})

test('a stranger gets 404, and only the one who prepares payments records funds', async () => {
  expect((await record(COMMANDE.signee, 1000, 'X', 'autre:operateur.finance_preparateur')).statusCode).toBe(404)
  for (const role of ['operateur.gestionnaire', 'operateur.finance_approbateur', 'collectivite.administrateur'] as const)
    expect((await record(COMMANDE.signee, 1000, 'X', role)).statusCode).toBe(403)
})
