import { afterAll, expect, test } from 'vitest'
import { ORG } from '../../../../../prisma/seed/base/ids.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { declare, sendQueued } from '../../../test/differes.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
const marie = world.as('structure.mediateur')
afterAll(async () => {
  await assertLedger(world.sql)
  await world.close()
})

const close = async (mois: string) => (await world.as('operateur.finance_preparateur').post(`/clotures/${mois}`)).json()
const statutOf = async (acte: string) => (await world.sql.query('select statut from redemption where acte_id = $1', [acte])).rows[0].statut
const pay = async (bordereau: string) => {
  const steps = [
    ['operateur.finance_preparateur', 'controle', undefined],
    ['operateur.finance_approbateur', 'approbation', undefined],
    ['operateur.finance_emetteur', 'transmission', undefined],
    ['operateur.finance_emetteur', 'paiement', { dateBanque: '2026-05-02' }],
  ] as const
  for (const [who, step, body] of steps) {
    const answer = await world.as(who).post(`/bordereaux/${bordereau}/${step}`, body)
    if (answer.statusCode >= 400) throw new Error(`${step}: ${answer.body}`)
  }
}

test('a doubtful clock: owed, kept out of the bordereau of its month; looked at, it goes into the next one and is paid', async () => {
  const [doubted, sure] = await handOut(world, 2)
  const [appareilId, atelierId] = [await declare(marie), await openAtelier(world)]
  const act = { appareilId, atelierId, scanneAt: '2026-03-10T08:45:00+01:00' }
  const late = (await sendQueued(marie, { ...act, pass: [doubted!.codes[0]!], ecartSecondes: 7200 })).json()
  const { acteId } = (await sendQueued(marie, { ...act, pass: [sure!.codes[0]!], scanneAt: '2026-03-10T08:58:00+01:00' })).json()
  expect(late.aExaminer).toBe(true)
  const du = async () => (await world.as('structure.responsable').get('/mon-du')).json()
  // one of the base seed, and these two: all of them are owed
  expect((await du()).aPayerPass).toBe(5)

  world.setClock('2026-04-02T09:00:00+02:00')
  const march = await close('2026-03')
  expect(march.bordereaux).toEqual([
    { structure: { id: ORG.s1, nom: 'Tiers-lieu Le Chai' }, pass: 2, lignesCentimes: 0, montantCentimes: 2000 },
  ])
  expect([await statutOf(late.acteId), await statutOf(acteId)]).toEqual(['a_payer', 'en_bordereau'])

  const gestionnaire = world.as('operateur.gestionnaire')
  const [waiting] = (await gestionnaire.get('/utilisations/a-examiner')).json().items
  expect([waiting.ecartSecondes, waiting.pass]).toEqual([7200, 1])
  expect((await gestionnaire.post(`/utilisations/${waiting.id}/examen`, { motif: 'Téléphone déréglé, atelier tenu.' })).statusCode).toBe(
    200,
  )

  world.setClock('2026-05-02T09:00:00+02:00')
  const april = await close('2026-04')
  expect(april.bordereaux).toEqual([
    { structure: { id: ORG.s1, nom: 'Tiers-lieu Le Chai' }, pass: 1, lignesCentimes: 0, montantCentimes: 1000 },
  ])
  const { rows } = await world.sql.query<{ id: string }>(`select bordereau_id id from redemption where acte_id = $1`, [late.acteId])
  await pay(rows[0]!.id)
  expect(await statutOf(late.acteId)).toBe('payee')
})
