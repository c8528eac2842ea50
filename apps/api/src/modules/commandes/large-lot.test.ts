import { afterAll, expect, test } from 'vitest'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { createWorld } from '../../../test/world.ts'

// one pass a carnet, and money for all of them
const world = await createWorld({
  prepare: (sql) => sql.query('update convention set montant_centimes = 100000000000, carnet_taille = 1'),
})
afterAll(() => world.close())

const QUANTITE = 12_001
const operateur = world.as('operateur.gestionnaire')
const collectivite = world.as('collectivite.gestionnaire')
const statuts = async (lotId: string) =>
  (await world.sql.query('select statut, count(*)::int n from carnet where lot_id = $1 group by 1 order by 1', [lotId])).rows
const tachesOf = async (id: string, who = operateur) => (await who.get(`/commandes/${id}/production`)).json().taches

test('a large lot is shipped, received and activated in the background, part by part, to the last carnet', async () => {
  const { id, lot } = await commandeUpTo(world, 'en_production', { quantite: QUANTITE })
  const shipped = await operateur.post(`/commandes/${id}/expedition`, { colis: 25 })
  expect(shipped.json()).toMatchObject({ statut: 'expediee', colis: 25 })
  expect(await tachesOf(id)).toEqual([{ tache: 'expedition', fait: 0, total: 0 }])
  // not yet on their way: not received
  const early = await collectivite.post(`/commandes/${id}/reception`, { manquants: [] })
  expect([early.statusCode, early.json().code]).toEqual([409, 'commande_statut'])
  await world.runJobs()
  expect(await statuts(lot!.id)).toEqual([{ statut: 'expedie', n: QUANTITE }])
  expect(await tachesOf(id)).toEqual([])
  const received = await collectivite.post(`/commandes/${id}/reception`, { manquants: [lot!.serieDerniere] })
  expect(received.json()).toMatchObject({ statut: 'livree', recus: QUANTITE - 1 })
  await world.runJobs()
  expect(await statuts(lot!.id)).toEqual([
    { statut: 'bloque', n: 1 },
    { statut: 'livre', n: QUANTITE - 1 },
  ])
  await collectivite.post(`/commandes/${id}/mandat`, { numeroMandat: '2026-000777' })
  await world.as('operateur.finance_preparateur').post(`/commandes/${id}/encaissements`, {
    montantCentimes: (QUANTITE - 1) * 1000,
    referenceVirement: 'VIR-GRAND',
    dateReception: '2026-03-10',
  })
  const beyond = await operateur.post(`/commandes/${id}/activations`, { carnets: QUANTITE })
  expect(beyond.statusCode).toBe(409)
  const asked = await operateur.post(`/commandes/${id}/activations`, { carnets: QUANTITE - 1 })
  expect([asked.statusCode, asked.json().activations]).toEqual([201, []])
  // one at a time
  const twin = await operateur.post(`/commandes/${id}/activations`, { carnets: 1 })
  expect([twin.statusCode, twin.json().code]).toEqual([409, 'commande_statut'])
  await world.runJobs()
  const done = (await operateur.get(`/commandes/${id}`)).json()
  expect(done.activations.map(({ carnets }: { carnets: number }) => carnets)).toEqual([5000, 5000, 2000])
  expect(done).toMatchObject({ carnetsActivables: 0, fondsCentimes: expect.any(Number) })
  const { rows } = await world.sql.query('select name, count from reconciliation')
  expect(rows).toEqual([])
}, 300_000)
