import { afterAll, expect, test } from 'vitest'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

test('a commande closes when every carnet received is active and its invoice is paid, one part after the other', async () => {
  const { id, totalCentimes } = await commandeUpTo(world, 'livree', { quantite: 5 })
  const operator = world.as('operateur.gestionnaire')
  const close = () => operator.post(`/commandes/${id}/cloture`)
  const fund = (montantCentimes: number, referenceVirement: string) =>
    world
      .as('operateur.finance_preparateur')
      .post(`/commandes/${id}/encaissements`, { montantCentimes, referenceVirement, dateReception: '2026-03-10' })
  await operator.post(`/commandes/${id}/facture`)
  await world.as('collectivite.gestionnaire').post(`/commandes/${id}/mandat`, { numeroMandat: '2026-5' })
  await fund(20_000, 'VIR-1')
  const part = await operator.post(`/commandes/${id}/activations`, { carnets: 2 })
  expect([part.statusCode, part.json().carnetsActivables]).toEqual([201, 3])
  expect((await close()).json().message).toContain('3\u00a0carnets reçus attendent')
  await fund(totalCentimes - 20_000, 'VIR-2')
  await operator.post(`/commandes/${id}/activations`, { carnets: 3 })
  const closed = await close()
  expect([closed.statusCode, closed.json().statut, closed.json().etapes.at(-1).action]).toEqual([200, 'close', 'cloture'])
  expect((await close()).json().code).toBe('commande_statut')
  expect((await world.as('collectivite.administrateur').post(`/commandes/${id}/cloture`)).statusCode).toBe(403)
})

test('without its invoice paid, it stays open', async () => {
  const { id } = await commandeUpTo(world, 'livree', { quantite: 1, manquants: (premiere) => [premiere] })
  const close = () => world.as('operateur.gestionnaire').post(`/commandes/${id}/cloture`)
  expect((await close()).json().message).toContain('pas encore payée')
  expect((await world.as('autre:operateur.gestionnaire').post(`/commandes/${id}/cloture`)).statusCode).toBe(404)
})
