import { Avoirs } from '@pass/contracts/avoirs.ts'
import { Echeance } from '@pass/contracts/echeances.ts'
import { afterAll, afterEach, expect, test } from 'vitest'
import { ACTE, BORDEREAU, COMMANDE, CONVENTION, INCIDENT, LOT, ORG, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { onDay, signReleve, tend } from '../../../test/echeances.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { use } from '../../../test/uses.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())
afterEach(() => assertLedger(world.sql))

const [F1, F2, F3] = [
  world.as('operateur.finance_preparateur'),
  world.as('operateur.finance_approbateur'),
  world.as('operateur.finance_emetteur'),
]
const admin = world.as('collectivite.administrateur')
const AVOIRS = `/conventions/${CONVENTION.cv1}/avoirs`
const credit = (who: PersonKey = 'operateur.finance_preparateur') => world.as(who).post(AVOIRS)
const said = async (answer: ReturnType<typeof credit>) => {
  const { statusCode, json } = await answer
  return [statusCode, json().code ?? json().numero ?? json().statut]
}
const list = async (who: PersonKey = 'operateur.support') => Avoirs.parse((await world.as(who).get(AVOIRS)).json())
const soldes = async (...natures: string[]) => {
  const { rows } = await world.sql.query<{ nature: string; solde: number }>(
    'select nature, sum(solde_centimes)::int solde from account where convention_id = $1 and nature = any ($2) group by 1',
    [CONVENTION.cv1, natures],
  )
  return natures.map((nature) => rows.find((row) => row.nature === nature)?.solde ?? 0)
}
const cards = async (who: PersonKey) =>
  (await world.as(who).get('/accueil'))
    .json()
    .aFaire.flatMap(({ code, lien }: { code: string; lien: string }) => (code === 'retenues_a_crediter' ? [lien] : []))
const ok = async (answer: ReturnType<typeof credit>) => {
  const { statusCode, body } = await answer
  expect([statusCode, body]).toEqual([statusCode < 300 ? statusCode : 200, body])
}

/** The bordereau of S1 for a month: made by the closing of that month. */
const bordereauOf = async (mois: string): Promise<string> =>
  (await world.sql.query('select id from bordereau where organisation_id = $1 and mois = $2', [ORG.s1, mois])).rows[0].id
const release = async (id: string) => {
  await ok(F1.post(`/bordereaux/${id}/controle`))
  await ok(F2.post(`/bordereaux/${id}/approbation`))
  await ok(F3.post(`/bordereaux/${id}/transmission`))
}
const pay = (id: string, dateBanque: string) => ok(F3.post(`/bordereaux/${id}/paiement`, { dateBanque }))
const askedAndApproved = async (acte: string, montantCentimes: number) => {
  const { rows } = await world.sql.query('select public_id from redemption where acte_id = $1 order by id desc', [acte])
  const asked = await F1.post('/incidents', { redemptionId: rows[0].public_id, montantCentimes, motif: 'Personne repartie avant la fin' })
  await ok(F2.post(`/incidents/${asked.json().id}/decision`, { accord: true }))
}

// run in order: two incidents of T1, one sent to the bank before the avoir of its lot, one after

test('an incident approved, then taken by a bordereau, gives nothing back yet: its money has not left what is due', async () => {
  await release(BORDEREAU.fevrier)
  onDay(world, '2026-03-13')
  await pay(BORDEREAU.fevrier, '2026-03-13')
  await ok(F2.post(`/incidents/${INCIDENT.t1}/decision`, { accord: true }))
  expect(await said(credit())).toEqual([409, 'avoir_vide'])
  onDay(world, '2026-04-03')
  await ok(F1.post('/clotures/2026-03'))
  expect((await list()).aCrediter).toEqual({ retenues: 0, montantCentimes: 0 })
  expect(await said(credit())).toEqual([409, 'avoir_vide'])
  expect(await cards('operateur.finance_preparateur')).toEqual([])
})

test('once its bordereau is sent to the bank, the amount waits: the home says so to whoever may write the avoir', async () => {
  await release(await bordereauOf('2026-03'))
  expect(await soldes('a_crediter', 'credite')).toEqual([400, 0])
  expect((await list('collectivite.lecteur')).aCrediter).toEqual({ retenues: 1, montantCentimes: 400 })
  expect(await cards('operateur.finance_preparateur')).toEqual([`/conventions/${CONVENTION.cv1}`])
  for (const other of ['operateur.finance_approbateur', 'autre:operateur.finance_preparateur', 'collectivite.administrateur'] as const)
    expect([other, await cards(other)]).toEqual([other, []])
  const filtered = async (who: PersonKey) => (await world.as(who).get('/conventions?aCrediter=true')).json().total
  expect([await filtered('operateur.support'), await filtered('autre:operateur.support'), await filtered('anct.pilote')]).toEqual([1, 0, 0])
})

test('neither the collectivité nor the person who approves payments writes it; a stranger finds nothing', async () => {
  for (const who of ['operateur.finance_approbateur', 'operateur.support', 'collectivite.administrateur', 'anct.pilote'] as const)
    expect([who, await said(credit(who))]).toEqual([who, [403, 'droit_absent']])
  expect(await said(credit('autre:operateur.gestionnaire'))).toEqual([404, 'introuvable'])
  expect((await world.as('autre:collectivite.lecteur').get(AVOIRS)).statusCode).toBe(404)
})

test('two people at once: one avoir, the next number, split by the key; what the financeurs are charged does not move again', async () => {
  // three uses of 10 €, less the 4 € withheld: the closings took them off already
  expect(await soldes('charge')).toEqual([-2600])
  const both = await Promise.all([said(credit()), said(credit('operateur.gestionnaire'))])
  expect(both.toSorted(([one], [other]) => Number(one) - Number(other))).toEqual([
    [201, 'AL26-0001'],
    [409, 'avoir_vide'],
  ])
  const { items, aCrediter } = await list('collectivite.lecteur')
  expect(items).toEqual([
    expect.objectContaining({ numero: 'AL26-0001', lot: null, retenues: 1, passExpires: 0, passAnnules: 0, montantCentimes: 400 }),
  ])
  expect(items[0]!.parts.map(({ cleBp, montantCentimes }) => [cleBp, montantCentimes])).toEqual([
    [6000, 240],
    [2000, 80],
    [2000, 80],
  ])
  expect(aCrediter).toEqual({ retenues: 0, montantCentimes: 0 })
  expect(await soldes('a_crediter', 'credite', 'charge')).toEqual([0, 400, -2600])
  expect(await cards('operateur.finance_preparateur')).toEqual([])
  const told = await world.sql.query(`select titre from notification where code = 'avoir_retenues' and organisation_id = $1`, [ORG.t1])
  expect(new Set(told.rows.map(({ titre }) => titre))).toEqual(new Set([expect.stringMatching(/avoir AL26-0001 de 4,00\u00a0€$/)]))
  const journal = await world.sql.query(`select count(*)::int n from audit_event where action = 'creditRetenues'`)
  expect(journal.rows[0].n).toBeGreaterThan(0)
})

test('on paper: what was withheld, of whom and why, for both sides; the avoir of a lot is not drawn there', async () => {
  for (const who of ['operateur.support', 'collectivite.lecteur'] as const) {
    const answer = await world.as(who).get(`${AVOIRS}/AL26-0001/avoir.pdf`)
    const { text } = (await readPdf(answer.rawPayload))[0]!
    for (const words of ['Avoir complémentaire AL26-0001', '1 retenue', '4,00 €', '2,40 €', 'pas rendue une seconde fois'])
      expect(text.replaceAll('\u00a0', ' ')).toContain(words)
  }
  expect((await world.as('autre:operateur.support').get(`${AVOIRS}/AL26-0001/avoir.pdf`)).statusCode).toBe(404)
  expect((await F1.get(`${AVOIRS}/AL26-0009/avoir.pdf`)).statusCode).toBe(404)
  expect((await world.as('structure.responsable').get(`${AVOIRS}/AL26-0001/avoir.pdf`)).statusCode).toBe(403)
})

test('the ledger explains it, and the lot of the use names it', async () => {
  const { items } = (await admin.get(`/conventions/${CONVENTION.cv1}/ecritures?nature=credite`)).json()
  const { source, lignes } = (await admin.get(`/conventions/${CONVENTION.cv1}/ecritures/${items[0].cle}`)).json()
  expect(source).toMatchObject({ type: 'incident', id: null })
  expect(lignes).toEqual([expect.objectContaining({ montantCentimes: 400 })])
  const { complements } = Echeance.parse((await admin.get(`/echeances/${LOT.l1}`)).json())
  expect(complements).toEqual([{ numero: 'AL26-0001', dateEmission: '2026-04-03', montantCentimes: 400 }])
})

test('sent to the bank after the avoir of its lot, an incident still comes back, by one more avoir', async () => {
  await pay(await bordereauOf('2026-03'), '2026-04-03')
  const acte = await use(world, '2026-07-15T10:00:00+02:00', { rangs: [8, 9] })
  onDay(world, '2026-08-04')
  await askedAndApproved(acte, 300)
  await ok(F1.post('/clotures/2026-07'))
  await tend(world, '2026-08-06')
  expect(await signReleve(world)).toEqual([201, 201])
  expect(await said(F1.post(`/echeances/${LOT.l1}/cloture`))).toEqual([201, 'close'])
  expect((await list()).items.map(({ numero, lot }) => [numero, lot?.id ?? null])).toEqual([
    ['AL26-0002', LOT.l1],
    ['AL26-0001', null],
  ])
  expect(await soldes('circulation', 'a_crediter')).toEqual([0, 0])
  const july = await bordereauOf('2026-07')
  await release(july)
  onDay(world, '2026-08-10')
  await pay(july, '2026-08-10')
  expect(await soldes('a_crediter', 'du', 'en_paiement')).toEqual([300, 0, 0])
})

test('the convention is settled once that is credited, not before', async () => {
  onDay(world, '2028-01-01')
  await world.sql.query(`update commande set statut = 'annulee' where convention_id = $1 and id <> $2`, [CONVENTION.cv1, COMMANDE.c1])
  const act = (what: string) => admin.post(`/conventions/${CONVENTION.cv1}/${what}`, { motif: null })
  expect(await said(act('bilan'))).toEqual([200, 'en_bilan'])
  const refused = await act('solde')
  expect([refused.statusCode, refused.json().message.replaceAll('\u00a0', ' ')]).toEqual([
    409,
    'Il reste 3,00 € à créditer en avoir. Le solde vient quand tout est payé ou crédité.',
  ])
  expect(await said(credit('operateur.gestionnaire'))).toEqual([201, 'AL28-0001'])
  expect(await soldes('a_crediter')).toEqual([0])
  expect(await said(act('solde'))).toEqual([200, 'soldee'])
})

test('the database itself refuses an avoir of other amounts than its incidents, and an incident given back twice', async () => {
  const { rows } = await world.sql.query<{ id: string }>(`select id from avoir where numero = 'AL28-0001'`)
  await expect(world.sql.query(`update incident set avoir_id = $1 where id = $2`, [rows[0]!.id, INCIDENT.t1])).rejects.toThrow('incident')
  await expect(
    world.sql
      .query(`insert into avoir select collectivite_id, uuidv7(), null, convention_id, operateur_id, 'AL28-0002', annee, 2, date_emission, 0, 0, null, montant_centimes,
      vendeur, vendeur_siret, acheteur, acheteur_siret, created_at, 1 from avoir where numero = 'AL28-0001'`),
  ).rejects.toMatchObject({ constraint: 'avoir_retenues' })
  expect((await world.sql.query('select count(*)::int n from redemption where acte_id = $1', [ACTE.fevrier])).rows[0].n).toBe(2)
})
