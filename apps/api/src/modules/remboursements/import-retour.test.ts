import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORG } from '../../../../../prisma/seed/base/ids.ts'
import { acceptAccount, soldesOf, twoReady } from '../../../test/bordereaux.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'
import { readTable } from '../../platform/tableur/read-table.ts'

const world = await createWorld()
afterAll(() => world.close())

const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const F3 = world.as('operateur.finance_emetteur')
const HEAD = 'Référence;Montant;Résultat;Date;Motif\n'
const said = (text: string) => text.replaceAll('\u00a0', ' ')
const upload = (octets: string | Buffer, nom = 'retour.csv', who = F3) =>
  who.post('/retours-bancaires', Buffer.from(octets as string), {
    headers: { 'content-type': 'application/octet-stream', 'x-nom-fichier': encodeURIComponent(nom) },
  })
const state = async () =>
  (
    await world.sql.query(
      `select (select count(*) from transfer)::int transfers, (select count(*) from retour_bancaire)::int retours, (select count(*) from notification)::int avis,
        (select string_agg(statut, ',' order by reference) from virement) virements, (select string_agg(statut, ',' order by reference) from bordereau where operateur_id = $1) bordereaux`,
      [ORG.o1],
    )
  ).rows[0]

let ids: { s1: string; s2: string }
beforeAll(async () => {
  ids = await twoReady(world)
  await F3.post('/remises-bancaires', { bordereauIds: [ids.s1, ids.s2] })
})

test('the model names the transfers that wait, with their amounts, and reads back', async () => {
  const model = await F3.get('/retours-bancaires/modele.csv')
  const rows = readTable({ type: 'text/csv', octets: model.rawPayload }).map(({ cellules }) => cellules.map(({ texte }) => texte))
  expect(rows).toEqual([
    ['Référence', 'Montant', 'Résultat', 'Date', 'Motif'],
    ['B26-0001', '20,00', 'exécuté', '10/03/2026', ''],
    ['B26-0002', '30,00', 'exécuté', '10/03/2026', ''],
  ])
})

const ENTITIES =
  '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>&x;</OrgnlMsgId></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>'
const executed = (montant: string) => `B26-0001;${montant};exécuté;10/03/2026;\n`

test.each([
  [
    'another amount (D37)',
    `${HEAD}B26-0002;30,00;exécuté;10/03/2026;\n${executed('20,01')}`,
    409,
    'retour_montant',
    'Ligne 3 : le virement B26-0001 est de 20,00 €',
  ],
  [
    'a reference that is there twice',
    `${HEAD}${executed('20,00')}B26-0002;30;exécuté;10/03/2026;\n${executed('20,00')}`,
    400,
    'retour_doublon',
    'lignes 2 et 4',
  ],
  ['a missing column', `Référence;Montant;Résultat;Date\nB26-0001;20;exécuté;10/03/2026\n`, 400, 'retour_illisible', '« Motif »'],
  ['an amount that is none', `${HEAD}${executed('vingt')}`, 400, 'retour_illisible', 'Ligne 2, « Montant »'],
  ['a day to come', `${HEAD}B26-0001;20;exécuté;11/03/2026;\n`, 409, 'retour_date', 'après aujourd’hui'],
  ['a day before the file left', `${HEAD}B26-0001;20;exécuté;09/03/2026;\n`, 409, 'retour_date', 'parti le 10/03/2026'],
  ['100 001 lines', `${HEAD}${'X;1;exécuté;10/03/2026;\n'.repeat(100_001)}`, 400, 'retour_illisible', 'plus de 100 000 lignes'],
  ['XML with entities', ENTITIES, 400, 'retour_illisible', 'DOCTYPE ou des entités'],
  ['another XML', '<?xml version="1.0"?><svg/>', 400, 'retour_illisible', 'ni un relevé camt.053'],
  ['a program', 'MZ\u0000\u0001', 400, 'piece_type', ''],
])('a file with %s is refused whole, with the reason, and changes nothing', async (_, file, status, code, message) => {
  const before = await state()
  const answer = await upload(file)
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect(said(answer.json().message)).toContain(message)
  expect(await state()).toEqual(before)
})

test('strangers and other roles: no file is taken, none is read', async () => {
  expect((await upload(`${HEAD}${executed('20,00')}`, 'a.csv', F1)).statusCode).toBe(403)
  // to another operator our references are unknown
  const theirs = (await upload(`${HEAD}${executed('20,00')}`, 'a.csv', world.as('autre:operateur.finance_emetteur'))).json()
  expect(theirs).toMatchObject({ statut: 'applique', executes: 0, inconnus: 1 })
  expect((await F3.get(`/retours-bancaires/${theirs.id}`)).statusCode).toBe(404)
  expect((await F3.get(`/retours-bancaires/${theirs.id}/lignes`)).statusCode).toBe(404)
})

const filler = 'AUTRE;1;exécuté;10/03/2026;loyer du local\n'
const numbered = (lines: number) => Array.from({ length: lines }, (_, i) => filler.replace('AUTRE', `AUTRE-${i}`)).join('')

test('a large file is read by a job: refused with its reason, its bytes gone, or applied', { timeout: 60_000 }, async () => {
  const before = await state()
  const wrong = (await upload(`${HEAD}${numbered(15_000)}${executed('20,01')}`)).json()
  expect(wrong.statut).toBe('a_lire')
  await world.runJobs()
  const refused = (await F3.get(`/retours-bancaires/${wrong.id}`)).json()
  expect([refused.statut, said(refused.message)]).toEqual(['refuse', expect.stringContaining('le virement B26-0001 est de 20,00 €')])
  const waiting = (await upload(`${HEAD}${numbered(15_000)}B99-0001;20,00;exécuté;10/03/2026;\n`)).json()
  await world.runJobs()
  expect((await F3.get(`/retours-bancaires/${waiting.id}`)).json()).toMatchObject({
    statut: 'applique',
    lignes: 15_001,
    inconnus: 15_001,
    executes: 0,
  })
  // of what is nobody's, the first ones are kept
  expect((await F3.get(`/retours-bancaires/${waiting.id}/lignes`)).json().total).toBe(500)
  expect((await world.sql.query(`select count(*)::int n from retour_bancaire where contenu is not null`)).rows).toEqual([{ n: 0 }])
  expect(await state()).toEqual({ ...before, retours: before.retours + 2 })
})

const MIXED = `${HEAD}B26-0002;30,00;exécuté;10/03/2026;\nB26-0001;20,00;rejeté;10/03/2026;AC04\nLOYER;950,00;exécuté;10/03/2026;\n`

test('executed, rejected, unknown: applied once though sent twice at once, and told to the structures (D20, D21)', async () => {
  const both = await Promise.all([upload(MIXED, 'mars.csv'), upload(MIXED, 'mars-bis.csv')])
  expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
  const retour = both.find(({ statusCode }) => statusCode === 201)!.json()
  expect(retour).toMatchObject({
    format: 'csv',
    statut: 'applique',
    lignes: 3,
    executes: 1,
    rejetes: 1,
    inconnus: 1,
    executeCentimes: 3000,
    rejeteCentimes: 2000,
  })
  expect(await soldesOf(world, ORG.s1)).toEqual({ du: 3000 })
  expect(await soldesOf(world, ORG.s2)).toEqual({ paye: 3000 })
  expect((await state()).virements).toBe('rejete,execute')
  const bordereau = (await F3.get(`/bordereaux/${ids.s2}`)).json()
  expect([bordereau.statut, bordereau.datePaiement]).toEqual(['paye', '2026-03-10'])
  const compte = await world.sql.query(`select statut from compte_bancaire where organisation_id = $1`, [ORG.s1])
  expect(compte.rows).toEqual([{ statut: 'refuse' }])
  const told = await world.sql.query(`select titre, lien from notification where organisation_id = $1 and code = 'virement_rejete'`, [
    ORG.s1,
  ])
  expect(told.rows).toEqual([{ titre: expect.stringContaining('rejeté par la banque'), lien: `/mediateur/virements/${ids.s1}` }])
  // a second time, in order this time
  const again = await upload(MIXED, 'mars.csv')
  expect([again.statusCode, again.json().code, said(again.json().message)]).toEqual([
    409,
    'retour_deja_importe',
    expect.stringContaining('le 10/03/2026'),
  ])
})

test('the report is read line by line: what was done, and what is nobody’s', async () => {
  const [{ id }] = (await F1.get('/retours-bancaires')).json().items
  const { items } = (await F1.get(`/retours-bancaires/${id}/lignes`)).json()
  expect(items).toMatchObject([
    { numero: 2, reference: 'B26-0002', effet: 'execute', bordereau: { id: ids.s2 } },
    { numero: 3, reference: 'B26-0001', effet: 'rejete', motif: 'Compte clos (AC04)', bordereau: { id: ids.s1 } },
    { numero: 4, reference: 'LOYER', effet: 'inconnu', montantCentimes: 95_000, bordereau: null },
  ])
  expect((await F1.get(`/retours-bancaires/${id}/lignes?effet=inconnu`)).json().items).toHaveLength(1)
})

test('a closed bordereau refuses the file, whatever else it holds', async () => {
  const before = await state()
  const answer = await upload(`${HEAD}B26-0002;30,00;exécuté;10/03/2026;\nAUTRE;1;exécuté;10/03/2026;\n`)
  expect([answer.statusCode, answer.json().code, said(answer.json().message)]).toEqual([
    409,
    'bordereau_clos',
    'Ligne 2 : le virement B26-0002 a déjà son résultat. Tout le fichier est refusé : rien n’est appliqué.',
  ])
  expect(await state()).toEqual(before)
})

const pain = (status: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>X</MsgId><CreDtTm>2026-04-10T09:00:00</CreDtTm></GrpHdr>${status}</CstmrPmtStsRpt></Document>`

test('the next bordereau pays what was rejected on the new account, once; the uses of both are paid (D22)', async () => {
  await acceptAccount(world, ORG.s1, 'Tiers-lieu, compte neuf', '2026-03-20T10:00:00+01:00')
  world.setClock('2026-04-03T09:00:00+02:00')
  const closed = await F1.post('/clotures/2026-03')
  expect([closed.statusCode, closed.json().code, closed.json().montantCentimes]).toEqual([201, undefined, 3000])
  const [{ id }] = (await F1.get('/bordereaux?statut=arrete')).json().items
  expect((await F1.post(`/bordereaux/${id}/controle`)).statusCode).toBe(200)
  expect((await F2.post(`/bordereaux/${id}/approbation`)).statusCode).toBe(200)
  const remise = (await F3.post('/remises-bancaires', { bordereauIds: [id] })).json()
  expect(remise).toMatchObject({ virements: 1, montantCentimes: 3000 })
  expect(await soldesOf(world, ORG.s1)).toEqual({ en_paiement: 3000 })
  world.setClock('2026-04-10T09:30:00+02:00')
  // the whole file, said at once
  const group = `<OrgnlGrpInfAndSts><OrgnlMsgId>${remise.reference}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>ACSC</GrpSts></OrgnlGrpInfAndSts>`
  const retour = await upload(pain(group), 'compte-rendu.xml')
  expect(retour.json()).toMatchObject({ format: 'pain002', statut: 'applique', executes: 1, executeCentimes: 3000 })
  expect(await soldesOf(world, ORG.s1)).toEqual({ paye: 3000 })
  const uses = await world.sql.query(`select statut, count(*)::int n from redemption where structure_id = $1 group by 1`, [ORG.s1])
  expect(uses.rows).toEqual([{ statut: 'payee', n: 3 }])
  const carried = await world.sql.query(`select report_id from bordereau where id = $1`, [ids.s1])
  expect(carried.rows).toEqual([{ report_id: id }])
})

test('after the bank’s answers the ledger, the pass and the lines agree', async () => {
  expect(await assertLedger(world.sql)).toBeUndefined()
})
