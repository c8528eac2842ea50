import { afterAll, expect, test } from 'vitest'
import { ACTE, BORDEREAU, INCIDENT, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { soldesOf } from '../../../test/bordereaux.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const F3 = world.as('operateur.finance_emetteur')
const structure = world.as('structure.responsable')
const useOf = async (acte: string, rang = 0): Promise<string> =>
  (await world.sql.query('select public_id from redemption where acte_id = $1 order by id', [acte])).rows[rang].public_id
const ask = async (redemptionId: string, montantCentimes = 400, who = F1) => {
  const answer = await who.post('/incidents', { redemptionId, montantCentimes, motif: 'Une heure au lieu de deux' })
  return [answer.statusCode, answer.json().code ?? answer.json().statut]
}
const decide = async (id: string, accord: boolean, who = F2) => {
  const answer = await who.post(`/incidents/${id}/decision`, { accord })
  return [answer.statusCode, answer.json().code ?? answer.json().statut]
}

test('the uses of a bordereau are listed one by one, without a person; those in question say so', async () => {
  const { items, total } = (await F1.get(`/bordereaux/${BORDEREAU.fevrier}/utilisations`)).json()
  expect([total, items.length]).toEqual([2, 2])
  expect(items.map(({ incidentId }: { incidentId: string | null }) => incidentId)).toEqual([INCIDENT.t1, null])
  expect(Object.keys(items[0]).toSorted()).toEqual(['at', 'collectivite', 'id', 'incidentId', 'lieu', 'montantCentimes', 'statut'])
  expect((await world.as('autre:operateur.finance_preparateur').get(`/bordereaux/${BORDEREAU.fevrier}/utilisations`)).statusCode).toBe(404)
  expect((await structure.get(`/bordereaux/${BORDEREAU.fevrier}/utilisations`)).json().total).toBe(2)
  expect((await world.as('s2:structure.mediateur').get(`/bordereaux/${BORDEREAU.fevrier}/utilisations`)).statusCode).toBe(404)
})

test('a use already in question, one that can still be undone, too much, a stranger’s: refused', async () => {
  expect(await ask(await useOf(ACTE.fevrier))).toEqual([409, 'incident_impossible'])
  expect(await ask(await useOf(ACTE.mars))).toEqual([409, 'incident_impossible'])
  expect(await ask(await useOf(ACTE.fevrier, 1), 1001)).toEqual([409, 'incident_montant'])
  expect(await ask(await useOf(ACTE.fevrier, 1), 0)).toEqual([400, 'demande_malformee'])
  expect(await ask(await useOf(ACTE.fevrier, 1), 400, world.as('autre:operateur.finance_preparateur'))).toEqual([404, 'introuvable'])
  expect(await ask(await useOf(ACTE.t2))).toEqual([404, 'introuvable'])
  expect(await ask(await useOf(ACTE.fevrier, 1), 400, F2)).toEqual([403, 'droit_absent'])
})

test('asked by two people at once, it is asked once', async () => {
  const id = await useOf(ACTE.fevrier, 1)
  const both = await Promise.all([ask(id), ask(id, 500, world.as('operateur.gestionnaire'))])
  expect(both.map(([status]) => status).toSorted((one, other) => one - other)).toEqual([201, 409])
})

test('another person decides, once; refused, the use may be put in question again', async () => {
  const [last] = (await F2.get('/incidents?statut=demande')).json().items
  expect(last.demandePar.nom).not.toBe('Opérateur Modèle')
  await world.sql.query(
    `update incident set demande_par = (select utilisateur_id from adhesion where role = 'operateur.finance_approbateur' and organisation_id = $1) where id = $2`,
    [ORG.o1, last.id],
  )
  expect(await decide(last.id, true)).toEqual([409, 'meme_personne'])
  await world.sql.query(
    `update incident set demande_par = (select utilisateur_id from adhesion where role = 'operateur.finance_preparateur' and organisation_id = $1) where id = $2`,
    [ORG.o1, last.id],
  )
  expect(await decide(last.id, true, F1)).toEqual([403, 'droit_absent'])
  expect(await decide(last.id, true, world.as('autre:operateur.finance_approbateur'))).toEqual([404, 'introuvable'])
  expect(
    (await world.asWith('operateur.finance_approbateur', { preuve: false }).post(`/incidents/${last.id}/decision`, { accord: true })).json()
      .code,
  ).toBe('preuve_requise')
  expect(await decide(last.id, false)).toEqual([200, 'refuse'])
  expect(await decide(last.id, true)).toEqual([409, 'incident_statut'])
  expect(await ask(await useOf(ACTE.fevrier, 1), 300)).toEqual([201, 'demande'])
})

test('approved, it is told to the structure, which reads it under the name of the operator', async () => {
  expect(await decide(INCIDENT.t1, true)).toEqual([200, 'approuve'])
  const told = await world.sql.query(`select titre from notification where organisation_id = $1 and code = 'incident_approuve'`, [ORG.s1])
  expect(told.rows).toEqual([{ titre: '4,00\u00a0€ à retenir sur un prochain virement' }])
  const seen = (await structure.get(`/incidents/${INCIDENT.t1}`)).json()
  expect([seen.statut, seen.decidePar.nom, seen.montantCentimes]).toEqual(['approuve', 'Opérateur Modèle', 400])
  expect((await world.as('s2:structure.mediateur').get(`/incidents/${INCIDENT.t1}`)).statusCode).toBe(404)
  expect((await world.as('s2:structure.mediateur').get('/incidents')).json().total).toBe(0)
})

test('the next bordereau withholds it, its line says −4 €; the first line is unchanged, the amount waits to be credited (D31)', async () => {
  world.setClock('2026-04-03T09:00:00+02:00')
  const before = await world.sql.query('select statut, montant_centimes from redemption where acte_id = $1 order by id', [ACTE.fevrier])
  const closed = await F1.post('/clotures/2026-03')
  expect([closed.statusCode, closed.json().montantCentimes]).toEqual([201, 600])
  const incident = (await F1.get(`/incidents/${INCIDENT.t1}`)).json()
  expect([incident.statut, incident.bordereau.reference]).toEqual(['repris', 'B26-0002'])
  const { rows } = await world.sql.query(`select nature, montant_centimes::int montant from bordereau_ligne where objet_id = $1`, [
    INCIDENT.t1,
  ])
  expect(rows).toEqual([{ nature: 'incident', montant: -400 }])
  const id = incident.bordereau.id
  await F1.post(`/bordereaux/${id}/controle`)
  await F2.post(`/bordereaux/${id}/approbation`)
  expect((await F3.post('/remises-bancaires', { bordereauIds: [id] })).json().montantCentimes).toBe(600)
  expect(await soldesOf(world, ORG.s1)).toEqual({ du: 2000, en_paiement: 600 })
  const credit = await world.sql.query(`select solde_centimes::int solde from account where nature = 'a_crediter' and solde_centimes > 0`)
  expect(credit.rows).toEqual([{ solde: 400 }])
  expect(
    (await world.sql.query('select statut, montant_centimes from redemption where acte_id = $1 order by id', [ACTE.fevrier])).rows,
  ).toEqual(before.rows)
})

test('after an incident the ledger, the pass and the lines agree', async () => {
  expect(await assertLedger(world.sql)).toBeUndefined()
})
