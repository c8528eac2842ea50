import { afterAll, expect, test } from 'vitest'
import { ATELIER, BENEFICIAIRE, CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

test('from the order to the counter: a code read on a printed carnet is worth its value once delivered, active and handed over', async () => {
  const { id, lot, totalCentimes, etapes } = await commandeUpTo(world, 'livree', { quantite: 2 })
  expect(etapes.map(({ action, organisation }) => [action, organisation === 'Opérateur Modèle' ? 'operateur' : 'collectivite'])).toEqual([
    ['demande', 'collectivite'],
    ['devis', 'operateur'],
    ['signature', 'collectivite'],
    ['maquette', 'operateur'],
    ['validation', 'collectivite'],
    ['production', 'operateur'],
    ['expedition', 'operateur'],
    ['reception', 'collectivite'],
  ])
  const operateur = world.as('operateur.gestionnaire')
  const asked = await operateur.post(`/commandes/${id}/impressions`, { format: 'pdf' })
  await world.runJobs()
  const printed = await operateur.get(`/impressions/${asked.json().impressions[0].id}/fichier`)
  const [, vouchers] = await readPdf(printed.rawPayload)
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(vouchers!.text)![0]
  const verify = () => world.as('structure.mediateur').post(`/ateliers/${ATELIER.a1}/verifications`, { pass: [code] })
  expect((await verify()).json().erreurs[0].code).toBe('pas_actif')

  const fund = { montantCentimes: totalCentimes, referenceVirement: 'VIR-VIE', dateReception: '2026-03-10' }
  await world.as('operateur.finance_preparateur').post(`/commandes/${id}/encaissements`, fund)
  await world.as('collectivite.gestionnaire').post(`/commandes/${id}/mandat`, { numeroMandat: '2026-000042' })
  expect((await world.as('operateur.gestionnaire').post(`/commandes/${id}/activations`, { carnets: 2 })).statusCode).toBe(201)
  expect((await verify()).json().erreurs[0].code).toBe('pas_remis')

  // the hand-over belongs to other modules
  await world.sql.query(
    `update carnet set statut = 'remis', prescripteur_id = $2, beneficiaire_id = $3, attribue_at = now(), remis_at = now() where lot_id = $1`,
    [lot!.id, ORG.p1, BENEFICIAIRE.b1],
  )
  const worth = await verify()
  expect([worth.statusCode, worth.json().pass]).toEqual([200, [{ rang: 0, valableJusquau: '2027-04-30', montantCentimes: 1000 }]])
  const { sommeCentimes } = (await world.as('collectivite.lecteur').get(`/conventions/${CONVENTION.cv1}/comptes`)).json()
  expect(sommeCentimes).toBe(0)
})
