import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BORDEREAU, CONVENTION, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { use } from '../../../test/uses.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const F3 = world.as('operateur.finance_emetteur')
const structure = world.as('structure.responsable')
const fevrier = `/bordereaux/${BORDEREAU.fevrier}`

const soldes = async () => {
  const { rows } = await world.sql.query(
    `select nature, sum(solde_centimes)::int solde from account where convention_id = $1 and nature in ('du', 'en_paiement', 'paye', 'a_crediter', 'frais') and (structure_id = $2 or structure_id is null)
      group by nature having sum(solde_centimes) <> 0`,
    [CONVENTION.cv1, ORG.s1],
  )
  return Object.fromEntries(rows.map(({ nature, solde }) => [nature, solde]))
}
const march = async () => {
  const { items } = (await F1.get('/bordereaux?mois=2026-03')).json()
  return (await F1.get(`/bordereaux/${items.find((one: { structure: { id: string } }) => one.structure.id === ORG.s1).id}`)).json()
}
/** An incident on a use of the structure, agreed by two people. */
const incident = async (montant: number, redemption: string, at: string) => {
  const { rows } = await world.sql.query(
    `insert into incident (organisation_id, id, operateur_id, collectivite_id, convention_id, redemption_id, montant_centimes, motif, statut, demande_par, demande_at, decide_par, decide_at)
     select structure_id, uuidv7(), operateur_id, collectivite_id, convention_id, id, $1, 'Pass compté deux fois', 'approuve', $2, $4, $3, $4 from redemption where id = $5 returning id`,
    [montant, PEOPLE['operateur.finance_preparateur'].utilisateurId, PEOPLE['operateur.finance_approbateur'].utilisateurId, at, redemption],
  )
  return rows[0].id as string
}

const charged = async () =>
  (
    await world.sql.query(`select -coalesce(sum(solde_centimes), 0)::int n from account where nature = 'charge' and convention_id = $1`, [
      CONVENTION.cv1,
    ])
  ).rows[0].n

let before: number
let taken: string
let waiting: string

beforeAll(async () => {
  // incidents of the base seed are of other tests; the structures pay 4 % from February on
  await world.sql.query('delete from incident')
  await world.sql.query(`insert into parametre_frais values ('2026-02-01', 400, 400, 0, 2000)`)
  // February is sent and its transfer refused by the bank: 20 € are due again
  await F1.post(`${fevrier}/controle`)
  await F2.post(`${fevrier}/approbation`)
  await F3.post(`${fevrier}/transmission`)
  await world.sql.query('begin')
  await world.sql.query(
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
     select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, 'en_paiement', structure_id), account_of(collectivite_id, convention_id, operateur_id, 'du', structure_id), montant_centimes,
            'rejet', convention_id, operateur_id, structure_id, objet_id, at from transfer where motif = 'bordereau' and objet_id = $1`,
    [BORDEREAU.fevrier],
  )
  await world.sql.query(`update bordereau set statut = 'rejete' where id = $1`, [BORDEREAU.fevrier])
  await world.sql.query(
    `update virement set statut = 'rejete', date_banque = '2026-03-11', motif_rejet = 'Compte clos' where bordereau_id = $1`,
    [BORDEREAU.fevrier],
  )
  await world.sql.query('commit')
  await use(world, '2026-03-20T10:00:00+01:00', { rangs: [1, 2] })
  const { rows } = await world.sql.query(`select id from redemption where structure_id = $1 and bordereau_id = $2 order by id`, [
    ORG.s1,
    BORDEREAU.fevrier,
  ])
  taken = await incident(400, rows[0].id, '2026-03-12T10:00:00+01:00')
  // not decided yet: waits
  waiting = await incident(1000, rows[1].id, '2026-03-13T10:00:00+01:00')
  await world.sql.query(`update incident set statut = 'demande', decide_par = null, decide_at = null where id = $1`, [waiting])
  before = await charged()
  world.setClock('2026-04-02T09:00:00+02:00')
})

test('a closing carries what the bank refused, takes the fee and the incident that fits, and the dry run says so', async () => {
  const preview = (await F1.get('/clotures/2026-03')).json()
  const [line] = preview.bordereaux.filter((one: { structure: { id: string } }) => one.structure.id === ORG.s1)
  // 3 pass of March = 3000; + 2000 carried − 120 of fees − 400 withheld
  expect(line).toMatchObject({ pass: 3, lignesCentimes: 1480, montantCentimes: 4480 })
  const closed = await F1.post('/clotures/2026-03')
  expect([closed.statusCode, closed.json()]).toEqual([201, preview])
  const bordereau = await march()
  expect(bordereau).toMatchObject({
    pass: 3,
    montantCentimes: 4480,
    conventions: [{ pass: 3, utilisationsCentimes: 3000, montantCentimes: 4480 }],
  })
  expect(
    bordereau.lignes.map(({ nature, objet, montantCentimes }: { nature: string; objet: string; montantCentimes: number }) => [
      nature,
      objet,
      montantCentimes,
    ]),
  ).toEqual([
    ['report', 'B26-0001', 2000],
    ['incident', 'Pass compté deux fois', -400],
    ['frais', '', -120],
  ])
  expect((await F1.get(fevrier)).json()).toMatchObject({ statut: 'rejete', report: { id: bordereau.id, reference: bordereau.reference } })
  const { rows } = await world.sql.query('select id, statut, bordereau_id from incident order by demande_at')
  expect(rows).toEqual([
    { id: taken, statut: 'repris', bordereau_id: bordereau.id },
    { id: waiting, statut: 'demande', bordereau_id: null },
  ])
})

test('the financeurs are charged with the uses and the incident, neither with the report nor with the fee', async () => {
  const { id } = await march()
  const { rows } = await world.sql.query('select charge_at is not null charge from bordereau_convention where bordereau_id = $1', [id])
  expect(rows).toEqual([{ charge: true }])
  expect((await charged()) - before).toBe(2600)
})

test('the statement as a table adds up to the transfer, a line an atelier, report, withheld incident or fee', async () => {
  const { id, montantCentimes } = await march()
  const file = await structure.get(`/bordereaux/${id}/releve.csv`)
  expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
  const lines = file.body.replace('\uFEFF', '').trim().split('\r\n').slice(1)
  expect(lines.map((line) => line.split(';')[2])).toEqual([
    'Utilisation',
    'Utilisation',
    'Report d’un virement rejeté',
    'Retenue sur un paiement indu',
    'Frais de service',
  ])
  const total = lines.reduce((sum, line) => sum + Math.round(Number(line.split(';').at(-1)!.replace(',', '.')) * 100), 0)
  expect(total).toBe(montantCentimes)
  // alone in its period, it is the whole of it
  const all = (await F1.get('/clotures/2026-03/bordereaux.csv')).body
  expect(all).toBe(file.body)
  expect((await structure.get('/clotures/2026-03/bordereaux.csv')).statusCode).toBe(403)
  expect((await world.as('s2:structure.mediateur').get(`/bordereaux/${id}/releve.csv`)).statusCode).toBe(404)
  expect((await structure.get(`/bordereaux/${id}/releve.pdf`)).statusCode).toBe(200)
})

test('closed again, nothing is carried, withheld or numbered twice; the books agree', async () => {
  expect((await F1.post('/clotures/2026-03')).json()).toMatchObject({ structures: 0, pass: 0 })
  world.setClock('2026-05-02T09:00:00+02:00')
  expect((await F1.post('/clotures/2026-04')).json()).toMatchObject({ structures: 0, pass: 0 })
  const { rows } = await world.sql.query(`select nature, count(*)::int n from bordereau_ligne group by 1 order by 1`)
  expect(rows).toEqual([
    { nature: 'frais', n: 1 },
    { nature: 'incident', n: 1 },
    { nature: 'report', n: 1 },
  ])
  expect(await soldes()).toMatchObject({ du: 5000 })
  await assertLedger(world.sql)
})

test('a gap found by the checks refuses a closing', async () => {
  await world.sql.query(
    `insert into controle (passage, nom, ecarts, at, duree_ms) values ($1, 'I4 used pass without a live redemption, or the reverse', 2, '2026-05-02T08:00:00+02:00', 5)`,
    [randomUUID()],
  )
  const refused = await F1.post('/clotures/2026-02')
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'ecart_comptable'])
})
