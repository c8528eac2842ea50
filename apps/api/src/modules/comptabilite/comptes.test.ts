import { compteRoutes } from '@pass/contracts/comptes.ts'
import { ACCOUNT_NATURES } from '@pass/domain/comptes.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const COMPTES = `/conventions/${CONVENTION.cv1}/comptes`
const ECRITURES = `/conventions/${CONVENTION.cv1}/ecritures`

test('the balances of a convention add up to 0, for the collectivité and for its operator', async () => {
  for (const role of ['collectivite.lecteur', 'operateur.support'] as const) {
    const response = await world.as(role).get(COMPTES)
    expect(response.statusCode).toBe(200)
    const { comptes, sommeCentimes } = compteRoutes.getGrandLivre.response.parse(response.json())
    expect(sommeCentimes).toBe(0)
    // in the order money goes through them, circuit 1 then circuit 2
    expect(comptes.map(({ nature }) => nature)).toEqual(
      ACCOUNT_NATURES.flatMap((nature) => comptes.flatMap((one) => (one.nature === nature ? [nature] : []))),
    )
    expect(comptes.map(({ nature }) => nature)).toEqual(expect.arrayContaining(['payeur', 'fonds', 'circulation', 'du']))
    expect(comptes.find(({ nature }) => nature === 'fonds')).toEqual({
      nature: 'fonds',
      libelle: 'Fonds reçus',
      structure: null,
      structureId: null,
      financeur: null,
      financeurCle: null,
      soldeCentimes: 30_000,
    })
    expect(comptes.find(({ nature }) => nature === 'du')?.structure).toBe('Tiers-lieu Le Chai')
  }
})

test('balances equal the sums of the transfers', async () => {
  const { rows } = await world.sql.query(
    `select count(*)::int as faux from account a where solde_centimes is distinct from
       (select coalesce(sum(case when t.vers_id = a.id then montant_centimes else -montant_centimes end), 0) from transfer t where a.id in (t.de_id, t.vers_id))`,
  )
  expect(rows[0].faux).toBe(0)
})

test('transfers come last first, page by page, none lost, none twice', async () => {
  const caller = world.as('collectivite.gestionnaire')
  const whole = compteRoutes.listTransfers.response.parse((await caller.get(`${ECRITURES}?taille=100`)).json())
  expect(whole.total).toBe(whole.items.length)
  expect(whole.items.at(-1)).toMatchObject({ cle: '1', de: 'Trésorerie de la collectivité', vers: 'Fonds reçus', montantCentimes: 150_000 })
  const seen: string[] = []
  let suivant: string | null = null
  do {
    const page = compteRoutes.listTransfers.response.parse(
      (await caller.get(`${ECRITURES}?taille=10${suivant ? `&apres=${suivant}` : ''}`)).json(),
    )
    seen.push(...page.items.map(({ cle }) => cle))
    suivant = page.suivant
  } while (suivant)
  expect(seen).toEqual(whole.items.map(({ cle }) => cle))
  const { items } = compteRoutes.listTransfers.response.parse((await caller.get(`${ECRITURES}?nature=fonds`)).json())
  expect(items.map(({ motif }) => motif)).toEqual(['Activation de carnets', 'Fonds reçus'])
  expect((await caller.get(`${ECRITURES}?apres=faux`)).statusCode).toBe(400)
})

test('another collectivité and another operator get 404, and a role without the droit 403', async () => {
  for (const path of [COMPTES, ECRITURES]) {
    for (const role of ['autre:collectivite.gestionnaire', 'autre:operateur.gestionnaire'] as const)
      expect((await world.as(role).get(path)).statusCode).toBe(404)
    expect((await world.as('anct.pilote').get(path)).statusCode).toBe(403)
    expect((await world.anonymous().get(path)).statusCode).toBe(401)
  }
})

test('a transfer is never changed nor erased, even by the owner of the tables', async () => {
  await expect(world.sql.query('update transfer set montant_centimes = 1')).rejects.toThrow(/only grows/)
  await expect(world.sql.query('delete from transfer')).rejects.toThrow(/only grows/)
  await expect(world.sql.query('truncate transfer cascade')).rejects.toThrow(/only grows/)
})

test('a guarded account never goes below 0: what is not in fonds cannot be activated', async () => {
  const take = (de: string, vers: string) =>
    world.sql.query(
      `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
       select $1, account_of($1, $2, $3, $4, null), account_of($1, $2, $3, $5, null), 30001, 'activation', $2, $3, $2, now()`,
      [ORG.t1, CONVENTION.cv1, ORG.o1, de, vers],
    )
  await expect(take('fonds', 'circulation')).rejects.toThrow(/account_garde/)
  await expect(take('frais', 'circulation')).rejects.toThrow(/account_garde/)
  const { sommeCentimes } = (await world.as('collectivite.lecteur').get(COMPTES)).json()
  expect(sommeCentimes).toBe(0)
})
