import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BORDEREAU, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { approve, soldesOf, twoReady } from '../../../test/bordereaux.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const F1 = world.as('operateur.finance_preparateur')
const F3 = world.as('operateur.finance_emetteur')
const release = (bordereauIds: string[], who = F3) => who.post('/remises-bancaires', { bordereauIds })
const said = (text: string) => text.replaceAll('\u00a0', ' ')
const written = async () =>
  (
    await world.sql.query(
      `select (select count(*) from remise)::int remises, (select count(*) from virement)::int virements, (select count(*) from transfer)::int transfers`,
    )
  ).rows[0]

/** Approvals only grow: a test takes one back as nobody can. */
const takeBack = (where: string, value: string) =>
  world.sql
    .query('alter table bordereau_approbation disable trigger user')
    .then(() => world.sql.query(`delete from bordereau_approbation where ${where} = $1`, [value]))
    .then(() => world.sql.query('alter table bordereau_approbation enable trigger user'))

let ids: { s1: string; s2: string }
beforeAll(async () => {
  ids = await twoReady(world)
})

test('one bordereau of the selection that cannot leave keeps all of them, and is named', async () => {
  await world.sql.query(`update bordereau set statut = 'controle', approuve_par = null, approuve_at = null where id = $1`, [ids.s2])
  await takeBack('bordereau_id', ids.s2)
  const before = await written()
  const answer = await release([ids.s1, ids.s2])
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'approbation_manquante'])
  expect(said(answer.json().message)).toMatch(/^B26-0002 : Un bordereau de 30,00 € demande une approbation/)
  expect(await written()).toEqual(before)
  expect((await F3.get(`/bordereaux/${ids.s1}`)).json().statut).toBe('approuve')
  await approve(world, ids.s2)
})

test('whoever prepared or approved does not release', async () => {
  await world.sql.query(`update bordereau set arrete_par = $2 where id = $1`, [ids.s1, PEOPLE['operateur.finance_emetteur'].utilisateurId])
  const answer = await release([ids.s1, ids.s2])
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'meme_personne'])
  await world.sql.query(`update bordereau set arrete_par = controle_par where id = $1`, [ids.s1])
  // a second approval given by the releaser, whatever the roles they hold
  await world.sql.query(
    `insert into bordereau_approbation (organisation_id, bordereau_id, utilisateur_id, operateur_id, at) values ($1, $2, $3, $4, now())`,
    [ORG.s1, ids.s1, PEOPLE['operateur.finance_emetteur'].utilisateurId, ORG.o1],
  )
  expect((await release([ids.s1])).json().code).toBe('meme_personne')
  await takeBack('utilisateur_id', PEOPLE['operateur.finance_emetteur'].utilisateurId)
})

test('an amount that reaches two thresholds asks for two approvals (D47)', async () => {
  await world.sql.query(`update parametre_paiement set seuils_centimes = '{0,3000}' where operateur_id = $1`, [ORG.o1])
  const answer = await release([ids.s2])
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'approbation_manquante'])
  await world.sql.query(`update parametre_paiement set seuils_centimes = '{0}' where operateur_id = $1`, [ORG.o1])
})

test('an unknown bordereau, one of another operator, no fresh proof, another role: nothing leaves', async () => {
  expect((await release([ids.s1, randomUUID()])).statusCode).toBe(404)
  expect((await release([ids.s1], world.as('autre:operateur.finance_emetteur'))).statusCode).toBe(404)
  expect((await release([ids.s1, BORDEREAU.t2])).statusCode).toBe(404)
  expect((await release([ids.s1], F1)).statusCode).toBe(403)
  expect((await release([ids.s1], world.asWith('operateur.finance_emetteur', { preuve: false }))).json().code).toBe('preuve_requise')
  expect((await release([])).statusCode).toBe(400)
})

test('a selection leaves as one file: its totals, its lines, its transfers; asked twice at once, once', async () => {
  await world.sql.query(`update compte_bancaire set titulaire = $2 where organisation_id = $1`, [ORG.s2, '=O’Brien & <fils> 中文'])
  // the same bordereau named twice is one
  const both = await Promise.all([release([ids.s1, ids.s2, ids.s1]), release([ids.s1, ids.s2])])
  expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  const remise = both.find(({ statusCode }) => statusCode === 201)!.json()
  expect(remise).toMatchObject({ reference: 'R26-0001', virements: 2, montantCentimes: 5000, executes: 0, rejetes: 0, attendus: 2 })
  const file = await F3.get(`/remises-bancaires/${remise.id}/virements.xml`)
  expect(createHash('sha256').update(file.rawPayload).digest('hex')).toBe(remise.sha256)
  expect(file.body).toContain('<NbOfTxs>2</NbOfTxs><CtrlSum>50.00</CtrlSum>')
  expect([...file.body.matchAll(/<EndToEndId>([^<]+)</g)].map(([, reference]) => reference)).toEqual(['B26-0001', 'B26-0002'])
  // a hostile name, in the characters of the bank
  expect(file.body).toContain('<Nm>O&apos;Brien + fils</Nm>')
  expect(await soldesOf(world, ORG.s1)).toEqual({ du: 1000, en_paiement: 2000 })
  expect(await soldesOf(world, ORG.s2)).toEqual({ en_paiement: 3000 })
  await expect(world.sql.query(`update remise set xml = ''`)).rejects.toThrow('remise only grows')
})

test('files and their transfers are listed; the XML is for who releases', async () => {
  const { items, total } = (await F1.get('/remises-bancaires')).json()
  expect([total, items.length]).toEqual([1, 1])
  const list = (await F1.get(`/remises-bancaires/${items[0].id}/virements`)).json()
  expect(list.items.map(({ reference, montantCentimes, statut }: Record<string, unknown>) => [reference, montantCentimes, statut])).toEqual(
    [
      ['B26-0001', 2000, 'emis'],
      ['B26-0002', 3000, 'emis'],
    ],
  )
  expect(list.items[1].ibanMasque).toContain('••••')
  const page = (await F1.get(`/remises-bancaires/${items[0].id}/virements?taille=10&statut=execute`)).json()
  expect(page).toMatchObject({ items: [], total: 0 })
  expect((await F1.get(`/remises-bancaires/${items[0].id}/virements.xml`)).statusCode).toBe(403)
  const stranger = world.as('autre:operateur.finance_emetteur')
  for (const path of ['', '/virements', '/virements.xml'])
    expect((await stranger.get(`/remises-bancaires/${items[0].id}${path}`)).statusCode).toBe(404)
  expect((await stranger.get('/remises-bancaires')).json().total).toBe(0)
})

test('a manual rejection: the amount is due again, the account refused, the structure told why', async () => {
  const answer = await F3.post(`/bordereaux/${ids.s1}/rejet`, { dateBanque: '2026-03-10', motif: 'Compte clos (AC04)' })
  expect([answer.statusCode, answer.json().statut]).toEqual([200, 'rejete'])
  expect(await soldesOf(world, ORG.s1)).toEqual({ du: 3000 })
  expect((await F3.post(`/bordereaux/${ids.s1}/rejet`, { dateBanque: '2026-03-10', motif: 'x' })).json().code).toBe('bordereau_statut')
  expect((await F3.post(`/bordereaux/${ids.s1}/paiement`, { dateBanque: '2026-03-10' })).json().code).toBe('bordereau_statut')
  const { rows } = await world.sql.query(`select statut from compte_bancaire where organisation_id = $1`, [ORG.s1])
  expect(rows).toEqual([{ statut: 'refuse' }])
  const told = await world.sql.query(`select texte from notification where organisation_id = $1 and code = 'virement_rejete'`, [ORG.s1])
  expect(told.rows.map(({ texte }) => said(texte))).toEqual([
    expect.stringContaining('Motif : Compte clos (AC04). La somme vous reste due'),
  ])
})

test('what is withheld leaves what is due for good: an incident to be credited, a fee to the operator', async () => {
  const other = await createWorld()
  const { s2 } = await twoReady(other)
  // 30 € of uses, 4 € withheld, 1 € of fee: 25 € are paid
  const incidentId = randomUUID()
  await other.sql.query(`update bordereau set montant_centimes = 2500 where id = $1`, [s2])
  await other.sql.query(`update bordereau_convention set montant_centimes = 2500 where bordereau_id = $1`, [s2])
  await other.sql.query(
    `insert into incident (organisation_id, id, operateur_id, collectivite_id, convention_id, redemption_id, montant_centimes, motif, statut, demande_par, demande_at, decide_par, decide_at, bordereau_id)
     select r.structure_id, $2, r.operateur_id, r.collectivite_id, r.convention_id, r.id, 400, 'Une heure', 'repris', $3, now(), $4, now(), $1 from redemption r where r.bordereau_id = $1 order by r.id limit 1`,
    [s2, incidentId, PEOPLE['operateur.finance_preparateur'].utilisateurId, PEOPLE['operateur.finance_approbateur'].utilisateurId],
  )
  await other.sql.query(
    `insert into bordereau_ligne (organisation_id, id, bordereau_id, collectivite_id, convention_id, operateur_id, nature, montant_centimes, objet_id)
     select organisation_id, gen_random_uuid(), bordereau_id, collectivite_id, convention_id, operateur_id, n.nature, n.montant, n.objet from bordereau_convention
       cross join (values ('incident', -400, $2::uuid), ('frais', -100, $1::uuid)) n(nature, montant, objet) where bordereau_id = $1`,
    [s2, incidentId],
  )
  const remise = (await other.as('operateur.finance_emetteur').post('/remises-bancaires', { bordereauIds: [s2] })).json()
  expect(remise).toMatchObject({ virements: 1, montantCentimes: 2500 })
  expect(await soldesOf(other, ORG.s2)).toEqual({ en_paiement: 2500 })
  const { rows } = await other.sql.query(
    `select motif, montant_centimes::int montant, objet_id = $1 "ofIncident" from transfer where motif in ('incident', 'frais_aval') order by 1`,
    [incidentId],
  )
  expect(rows).toEqual([
    { motif: 'frais_aval', montant: 100, ofIncident: false },
    { motif: 'incident', montant: 400, ofIncident: true },
  ])
  await other.close()
})

test('after releases and a rejection the ledger, the pass and the lines agree', async () => {
  expect(await assertLedger(world.sql)).toBeUndefined()
})
