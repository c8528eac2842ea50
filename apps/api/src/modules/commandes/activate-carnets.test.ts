import { formatSerie, parseSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { COMMANDE, CONVENTION, ORG, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const activate = (id: string, carnets: number, role: PersonKey = 'operateur.gestionnaire') =>
  world.as(role).post(`/commandes/${id}/activations`, { carnets })
const mandate = (id: string) => world.as('collectivite.gestionnaire').post(`/commandes/${id}/mandat`, { numeroMandat: '2026-000018' })
const fund = (id: string, montantCentimes: number) =>
  world
    .as('operateur.finance_preparateur')
    .post(`/commandes/${id}/encaissements`, { montantCentimes, referenceVirement: `VIR-${id}`, dateReception: '2026-03-10' })
const fonds = async () => (await world.as('operateur.support').get(`/conventions/${CONVENTION.cv1}`)).json().fondsCentimes
const activeSeries = async (commandeId: string) =>
  (
    await world.sql.query(
      `select c.serie - l.serie_premiere + 1 as n from carnet c join lot l on l.id = c.lot_id join activation a on a.id = c.activation_id
        where l.commande_id = $1 and c.serie between a.serie_premiere and a.serie_derniere order by n`,
      [commandeId],
    )
  ).rows.map(({ n }) => Number(n))
const sumOfBalances = async () => Number((await world.sql.query('select sum(solde_centimes) as s from account')).rows[0].s)

test('carnets are activated from the first one received, around the missing ones, within the funds', async () => {
  const at = (premiere: string, n: number) => {
    const parsed = parseSerie(premiere)
    return parsed.ok ? formatSerie(parsed.serie + n) : ''
  }
  const { id } = await commandeUpTo(world, 'livree', { quantite: 6, manquants: (premiere) => [at(premiere, 2)] })
  const noMandat = await activate(id, 1)
  expect([noMandat.statusCode, noMandat.json().code]).toEqual([409, 'mandat_absent'])
  await mandate(id)
  await fund(id, 60_000)
  const before = await fonds()
  const response = await activate(id, 4)
  expect(response.statusCode).toBe(201)
  expect(
    response
      .json()
      .activations.map(({ carnets, montantCentimes, numeroMandat }: Record<string, unknown>) => [carnets, montantCentimes, numeroMandat]),
  ).toEqual([
    [2, 20_000, '2026-000018'],
    [2, 20_000, '2026-000018'],
  ])
  expect(response.json()).toMatchObject({ fondsCentimes: before - 40_000, carnetsActivables: 1 })
  expect(await activeSeries(id)).toEqual([1, 2, 4, 5])
  const tooMany = await activate(id, 2)
  expect([tooMany.statusCode, tooMany.json().code]).toEqual([409, 'plage_invalide'])
  expect((await activate(id, 1)).json().carnetsActivables).toBe(0)
  expect(await activeSeries(id)).toEqual([1, 2, 4, 5, 6])
  const { rows } = await world.sql.query(
    `select count(*)::int as n, sum(t.montant_centimes)::int as total from transfer t join activation a on a.id = t.objet_id where a.commande_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ n: 3, total: 50_000 }])
  expect(await sumOfBalances()).toBe(0)
})

test('beyond the funds nothing is activated, and the refusal says what is missing and what is possible', async () => {
  const { id } = await commandeUpTo(world, 'livree', { quantite: 9 })
  await mandate(id)
  const available = await fonds()
  const possible = Math.floor(available / 10_000)
  const response = await activate(id, possible + 1)
  expect([response.statusCode, response.json().code]).toEqual([409, 'couverture_insuffisante'])
  const missing = ((possible + 1) * 10_000 - available) / 100
  expect(response.json().message).toContain(`Il manque ${missing},00\u00a0€`)
  expect(response.json().message).toContain(`${possible}\u00a0carnets sur ${possible + 1}`)
  expect([await activeSeries(id), await fonds()]).toEqual([[], available])
})

test('two activations at once never take the same carnets, nor more than the funds', async () => {
  const [one, two] = [await commandeUpTo(world, 'livree', { quantite: 8 }), await commandeUpTo(world, 'livree', { quantite: 8 })]
  for (const { id } of [one, two]) await mandate(id)
  // funds for three carnets, whatever the other tests left
  await world.sql.query(
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
     select $1, account_of($1, $2, $3, 'fonds', null), account_of($1, $2, $3, 'circulation', null), $4::bigint - 30000, 'activation', $2, $3, $2, now() where $4::bigint > 30000`,
    [ORG.t1, CONVENTION.cv1, ORG.o1, await fonds()],
  )
  const sameCommande = await Promise.all([activate(one.id, 2), activate(one.id, 2)])
  expect(sameCommande.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  expect(await activeSeries(one.id)).toEqual([1, 2])
  const twoCommandes = await Promise.all([activate(one.id, 1), activate(two.id, 1)])
  expect(twoCommandes.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  expect([await fonds(), await sumOfBalances()]).toEqual([0, 0])
  await expect(world.sql.query(`update account set solde_centimes = -1 where nature = 'fonds'`)).rejects.toThrow(/account_garde/)
})

test('one act, one key: a retry activates nothing more', async () => {
  const { id } = await commandeUpTo(world, 'livree')
  await mandate(id)
  await fund(id, 20_000)
  const key = '22222222-2222-4222-8222-222222222222'
  const send = () => world.as('operateur.gestionnaire').post(`/commandes/${id}/activations`, { carnets: 1 }, { key })
  const [first, retry] = [await send(), await send()]
  expect([first.statusCode, retry.statusCode, retry.headers['idempotency-replayed']]).toEqual([201, 201, 'true'])
  expect(await activeSeries(id)).toEqual([1])
})

test('carnets not delivered are not activated; strangers get 404, others 403', async () => {
  expect((await activate(COMMANDE.expediee, 1)).json().code).toBe('commande_statut')
  expect((await activate(COMMANDE.c1, 1, 'autre:operateur.gestionnaire')).statusCode).toBe(404)
  expect((await activate(COMMANDE.c1, 1, 'collectivite.administrateur')).statusCode).toBe(403)
})
