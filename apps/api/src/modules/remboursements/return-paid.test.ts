import { livreRoutes } from '@pass/contracts/livres.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BORDEREAU, CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { acceptAccount, soldesOf, twoReady } from '../../../test/bordereaux.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

// two transfers are paid; one comes back, is carried and paid, and comes back again with the other: carried once more, paid for good
const world = await createWorld()
afterAll(() => world.close())

const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const F3 = world.as('operateur.finance_emetteur')
const responsable = world.as('structure.responsable')
const said = (text: string) => text.replaceAll('\u00a0', ' ')

const HEAD = 'Référence;Montant;Résultat;Date;Motif\n'
const upload = (octets: string, nom = 'retour.csv') =>
  F3.post('/retours-bancaires', Buffer.from(octets), {
    headers: { 'content-type': 'application/octet-stream', 'x-nom-fichier': encodeURIComponent(nom) },
  })
const ok = async (call: ReturnType<typeof F1.post>) => {
  const response = await call
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${response.body}`)
  return response.json()
}

type Entry = { reference: string; euros: string; jour: string; motif?: string }
const entry = ({ reference, euros, jour, motif }: Entry) =>
  `<Ntry><Amt Ccy="EUR">${euros}</Amt><CdtDbtInd>${motif ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${jour}</Dt></BookgDt>
   <NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${motif ? `<RtrInf><Rsn><Cd>${motif}</Cd></Rsn></RtrInf>` : ''}</TxDtls></NtryDtls></Ntry>`
const camt = (kind: '053' | '054', entries: readonly Entry[]) => {
  const [message, part] = kind === '053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn']
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.08"><${message}><GrpHdr><MsgId>X</MsgId></GrpHdr><${part}><Id>1</Id>${entries.map(entry).join('')}</${part}></${message}></Document>`
}

const one = async <T>(text: string, values: unknown[] = []): Promise<T> =>
  Object.values((await world.sql.query(text, values)).rows[0])[0] as T
const state = () =>
  one(`select concat_ws('|', (select count(*) from transfer), (select count(*) from notification), (select string_agg(statut, ',' order by reference) from virement),
    (select string_agg(statut, ',' order by reference) from bordereau), (select string_agg(statut || coalesce(bordereau_id::text, ''), ',' order by id) from redemption)) x`)
const usesOf = async (structure: string) =>
  (
    await world.sql.query(`select statut, count(*)::int n from redemption where structure_id = $1 and statut <> 'annulee' group by 1`, [
      structure,
    ])
  ).rows

/** What every reader says of the same money: the checks, what S1 is owed and was paid, the funnel, the coverage day by day. */
const agree = async () => {
  await assertLedger(world.sql)
  const paid = await one<number>(`select sum(solde_centimes)::int x from account where nature = 'paye' and convention_id = $1`, [
    CONVENTION.cv1,
  ])
  const uses = await one<number>(
    `select coalesce(sum(montant_centimes), 0)::int x from redemption where statut = 'payee' and convention_id = $1`,
    [CONVENTION.cv1],
  )
  const { etapes, argent } = (await world.as('collectivite.gestionnaire').get('/pilotage/entonnoir')).json()
  const { jours } = livreRoutes.getCouvertureFonds.response.parse(
    (await world.as('collectivite.gestionnaire').get(`/conventions/${CONVENTION.cv1}/couverture-fonds`)).json(),
  )
  const reimbursed = etapes.find(({ etape }: { etape: string }) => etape === 'rembourses')?.centimes ?? 0
  expect([uses, reimbursed, argent.paye, jours.at(-1)?.paye]).toEqual([paid, paid, paid, paid])
  const { items } = (await responsable.get('/mon-du/utilisations?taille=100')).json<{
    items: { situation: string; raison: string | null; date: string | null; montantCentimes: number }[]
  }>()
  for (const { situation, raison, date } of items)
    expect([raison, date].filter((part) => part !== null)).toHaveLength(situation === 'payee' ? 0 : 1)
  const unpaid = items.filter(({ situation }) => situation !== 'payee').reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)
  const { duCentimes, enPaiementCentimes, payeCentimes, annees } = (await responsable.get('/mon-du/echeances')).json()
  const soldes = await soldesOf(world, ORG.s1)
  expect([duCentimes + enPaiementCentimes, payeCentimes]).toEqual([unpaid, soldes['paye'] ?? 0])
  return { annees }
}
const statement = async (document = 'releve-annuel') => {
  const { rawPayload } = await responsable.get(`/mon-du/${document}.pdf?annee=2026`)
  return (await readPdf(rawPayload))
    .map(({ text }) => text)
    .join('\n')
    .replaceAll(/\s+/g, ' ')
}
const releaseAll = async (ids: readonly string[]) => {
  for (const id of ids) await ok(F1.post(`/bordereaux/${id}/controle`))
  for (const id of ids) await ok(F2.post(`/bordereaux/${id}/approbation`))
  return ok(F3.post('/remises-bancaires', { bordereauIds: ids }))
}

let ids: { s1: string; s2: string }
beforeAll(async () => {
  ids = await twoReady(world)
  await ok(F3.post('/remises-bancaires', { bordereauIds: [ids.s1, ids.s2] }))
  world.setClock('2026-03-11T09:00:00+01:00')
  await ok(upload(`${HEAD}B26-0001;20,00;exécuté;11/03/2026;\nB26-0002;30,00;exécuté;11/03/2026;\n`))
  world.setClock('2026-03-12T09:00:00+01:00')
})

const wholeFile = `<?xml version="1.0"?><Document><CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-03-12T09:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>R26-0001</OrgnlMsgId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`
test.each([
  ['of another amount', `${HEAD}B26-0001;19,99;revenu;12/03/2026;AC04\n`, 'retour_montant', 'est de 20,00 €'],
  ['before its payment', `${HEAD}B26-0001;20,00;revenu;10/03/2026;AC04\n`, 'retour_date', 'a été payé le 11/03/2026'],
  ['that is paid again', `${HEAD}B26-0001;20,00;exécuté;12/03/2026;\n`, 'bordereau_clos', 'a déjà son résultat'],
  ['said in the word of a rejection', `${HEAD}B26-0001;20,00;rejeté;12/03/2026;AC04\n`, 'bordereau_clos', 'écrivez « revenu »'],
  ['said of its whole file', wholeFile, 'bordereau_clos', 'virement par virement'],
  [
    'beside a wrong line',
    `${HEAD}B26-0001;20,00;revenu;12/03/2026;AC04\nB26-0002;31,00;revenu;12/03/2026;AC04\n`,
    'retour_montant',
    'Ligne 3',
  ],
])('a return %s is refused whole, and changes nothing', async (_, file, code, message) => {
  const before = await state()
  const answer = await upload(file)
  expect([answer.statusCode, answer.json().code, said(answer.json().message)]).toEqual([409, code, expect.stringContaining(message)])
  expect(await state()).toBe(before)
})

test('by hand a paid bordereau is never rejected: only a file of the bank says so', async () => {
  const answer = await F3.post(`/bordereaux/${ids.s1}/rejet`, { dateBanque: '2026-03-12', motif: 'Compte clos (AC04)' })
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'bordereau_statut'])
})

test('the same return in three files at once is applied once, and refused ever after', async () => {
  const csv = `${HEAD}B26-0001;20,00;revenu;12/03/2026;AC04\n`
  const xml = camt('053', [{ reference: 'B26-0001', euros: '20.00', jour: '2026-03-12', motif: 'AC04' }])
  const all = await Promise.all([upload(csv, 'a.csv'), upload(csv, 'b.csv'), upload(xml, 'releve.xml')])
  expect(all.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
  for (const { statusCode, ...answer } of all)
    if (statusCode === 409) expect(['retour_deja_importe', 'deja_enregistre', 'bordereau_clos']).toContain(answer.json().code)
  expect(await one(`select count(*)::int x from transfer where motif = 'retour'`)).toBe(1)
  const again = await upload(csv.replace('AC04', 'AC01'))
  expect([again.statusCode, again.json().code]).toEqual([409, 'bordereau_clos'])
  const retour = all.find(({ statusCode }) => statusCode === 201)!.json()
  expect(retour).toMatchObject({ executes: 0, rejetes: 0, revenus: 1, revenuCentimes: 2000, rejeteCentimes: 0, lignes: 1 })
  const { items } = (await F1.get(`/retours-bancaires/${retour.id}/lignes?effet=revenu`)).json()
  expect(items).toMatchObject([{ reference: 'B26-0001', effet: 'revenu', motif: 'Compte clos (AC04)', bordereau: { id: ids.s1 } }])
})

test('it is due again, its uses wait, its account is refused; the day it was paid stays, and everybody reads why', async () => {
  expect([await soldesOf(world, ORG.s1), await soldesOf(world, ORG.s2)]).toEqual([{ du: 3000 }, { paye: 3000 }])
  expect(await usesOf(ORG.s1)).toEqual(expect.arrayContaining([{ statut: 'en_bordereau', n: 2 }]))
  for (const who of [F1, responsable])
    expect((await who.get(`/bordereaux/${ids.s1}`)).json()).toMatchObject({
      statut: 'rejete',
      datePaiement: null,
      rejet: { date: '2026-03-12', motif: 'Compte clos (AC04)', payeLe: '2026-03-11' },
      report: null,
    })
  const steps = (await F1.get(`/bordereaux/${ids.s1}`)).json().etapes.map(({ action }: { action: string }) => action)
  expect(steps.slice(-2)).toEqual(['Payé', 'Virement rejeté'])
  const [remise] = (await F1.get('/remises-bancaires')).json().items
  expect(remise).toMatchObject({ executes: 1, rejetes: 1, attendus: 0 })
  expect((await F1.get(`/remises-bancaires/${remise.id}/virements?statut=rejete`)).json().items).toMatchObject([
    { dateBanque: '2026-03-11', revenuLe: '2026-03-12', motifRejet: 'Compte clos (AC04)' },
  ])
  const compte = await world.sql.query(`select statut from compte_bancaire where organisation_id = $1`, [ORG.s1])
  expect(compte.rows).toEqual([{ statut: 'refuse' }])
  const told = await world.sql.query(`select titre, texte from notification where organisation_id = $1 and code = 'virement_rejete'`, [
    ORG.s1,
  ])
  expect(told.rows).toEqual([{ titre: expect.stringContaining('revenu à la banque'), texte: expect.stringContaining('AC04') }])
  expect(told.rows[0].texte).toContain('enregistrez un autre compte')
  const [line] = (await F1.get(`/conventions/${CONVENTION.cv1}/ecritures?motif=retour`)).json().items
  const opened = (await F1.get(`/conventions/${CONVENTION.cv1}/ecritures/${line.cle}`)).json()
  expect([opened.source.id, opened.lignes.reduce((sum: number, row: { montantCentimes: number }) => sum + row.montantCentimes, 0)]).toEqual(
    [ids.s1, 2000],
  )
  expect((await agree()).annees).toEqual([2026])
})

test('the yearly statement keeps the payment and takes the return off, on its own day', async () => {
  const text = await statement()
  expect(text).toContain('11/03/2026')
  expect(text).toMatch(/12\/03\/2026.*revenu : Compte clos \(AC04\).*[-−]20,00 €/)
  expect(text).toContain('1 virement, 1 retour')
  expect(text).toMatch(/Total.* 0,00 €/)
  await world.sql.query(`update labellisation set date_fin_regie = '2027-12-31' where organisation_id = $1`, [ORG.s1])
  const attestation = await statement('attestation-regie')
  expect(attestation).toContain('Aucune somme n’est restée versée à cette structure en 2026.')
  expect(attestation).not.toContain('Compte crédité')
})

test('the database keeps what was paid, and what came back', async () => {
  const spoiled = (text: string) => expect(world.sql.query(text, [ids.s1])).rejects.toMatchObject({ code: '23514' })
  await spoiled(`update bordereau set date_banque = '2026-03-10' where id = $1`)
  await spoiled(`update bordereau set statut = 'paye' where id = $1`)
  await spoiled(`update bordereau set montant_centimes = montant_centimes + 1 where id = $1`)
  await spoiled(`update virement set statut = 'execute', revenu_le = null, motif_rejet = null where bordereau_id = $1`)
  await spoiled(`update virement set revenu_le = '2026-03-13' where bordereau_id = $1`)
})

test('the account changed, the next bordereau carries it and pays it, once', async () => {
  await acceptAccount(world, ORG.s1, 'Tiers-lieu, compte neuf', '2026-03-20T10:00:00+01:00')
  world.setClock('2026-04-03T09:00:00+02:00')
  expect(await ok(F1.post('/clotures/2026-03'))).toMatchObject({ montantCentimes: 3000 })
  const [{ id, reference }] = (await F1.get('/bordereaux?statut=arrete')).json().items
  expect((await F1.get(`/bordereaux/${ids.s1}`)).json().report).toEqual({ id, reference })
  await releaseAll([id])
  world.setClock('2026-04-10T09:00:00+02:00')
  await ok(upload(camt('053', [{ reference, euros: '30.00', jour: '2026-04-10' }]), 'avril.xml'))
  expect(await soldesOf(world, ORG.s1)).toEqual({ paye: 3000 })
  expect(await usesOf(ORG.s1)).toEqual([{ statut: 'payee', n: 3 }])
  await agree()
})

test('it comes back again with another one, after the books of their month are closed: what they carried waits too', async () => {
  world.setClock('2026-04-13T09:00:00+02:00')
  for (const mois of ['2026-01', '2026-02', '2026-03']) await ok(F2.post(`/mois-comptables/${mois}/cloture`))
  // settled since: what comes back is owed all the same
  await world.sql.query(`update convention set statut = 'soldee' where id = $1`, [CONVENTION.cv1])
  // S1 has another account by then
  await world.sql.query(
    `update compte_bancaire set statut = 'remplace', fin_at = '2026-04-11T10:00:00+02:00' where organisation_id = $1 and statut = 'accepte'`,
    [ORG.s1],
  )
  await acceptAccount(world, ORG.s1, 'Tiers-lieu, encore un compte', '2026-04-11T10:00:00+02:00')
  const answer = await ok(
    upload(
      camt('053', [
        { reference: 'B26-0003', euros: '30.00', jour: '2026-04-13', motif: 'MS03' },
        { reference: 'B26-0002', euros: '30.00', jour: '2026-04-13', motif: 'AC01' },
        { reference: 'LOYER', euros: '950.00', jour: '2026-04-13' },
      ]),
      'retours.xml',
    ),
  )
  expect(answer).toMatchObject({ format: 'camt053', revenus: 2, revenuCentimes: 6000, inconnus: 1 })
  expect([await soldesOf(world, ORG.s1), await soldesOf(world, ORG.s2)]).toEqual([{ du: 3000 }, { du: 3000 }])
  expect(await usesOf(ORG.s1)).toEqual([{ statut: 'en_bordereau', n: 3 }])
  expect(await one(`select count(*)::int x from transfer where motif = 'retour' and at < '2026-04-01'`)).toBe(1)
  const accounts = await world.sql.query(
    `select organisation_id = $1 "isS1", statut from compte_bancaire where organisation_id = any ($2) order by 1, 2`,
    [ORG.s1, [ORG.s1, ORG.s2]],
  )
  expect(accounts.rows.map(({ isS1, statut }) => `${isS1 ? 's1' : 's2'} ${statut}`)).toEqual([
    's2 refuse',
    's1 accepte',
    's1 refuse',
    's1 remplace',
  ])
  const told = await one<string>(
    `select texte x from notification where organisation_id = $1 and code = 'virement_rejete' order by id desc limit 1`,
    [ORG.s1],
  )
  expect(told).toContain('sur votre compte accepté depuis')
  const closed = await world.as('collectivite.administrateur').post(`/conventions/${CONVENTION.cv1}/cloture`, { motif: null })
  expect([closed.statusCode, closed.json().code]).toEqual([409, 'convention_non_soldee'])
  await agree()
})

test('the month after pays both for good; the financeurs were charged with each use once', async () => {
  await acceptAccount(world, ORG.s2, 'Espace, compte neuf', '2026-04-20T10:00:00+02:00')
  world.setClock('2026-05-04T09:00:00+02:00')
  expect(await ok(F1.post('/clotures/2026-04'))).toMatchObject({ pass: 0, montantCentimes: 6000 })
  const { items } = (await F1.get('/bordereaux?statut=arrete')).json<{ items: { id: string; reference: string }[] }>()
  const { reference } = await releaseAll(items.map(({ id }) => id))
  world.setClock('2026-05-11T09:00:00+02:00')
  const paid = items.map((item) => ({ reference: item.reference, euros: '30.00', jour: '2026-05-11' }))
  expect(await ok(upload(camt('054', paid), `${reference}.xml`))).toMatchObject({ format: 'camt054', executes: 2, executeCentimes: 6000 })
  expect([await soldesOf(world, ORG.s1), await soldesOf(world, ORG.s2)]).toEqual([{ paye: 3000 }, { paye: 3000 }])
  expect(await usesOf(ORG.s1)).toEqual([{ statut: 'payee', n: 3 }])
  const moved = (motif: string) =>
    one<number>(`select sum(montant_centimes)::int x from transfer where motif = $1 and convention_id = $2`, [motif, CONVENTION.cv1])
  expect([await moved('paiement'), await moved('retour')]).toEqual([14_000, 8000])
  expect(await moved('charge')).toBe(await moved('utilisation'))
  const lignes = (await responsable.get(`/mon-du/utilisations?taille=100&bordereau=${BORDEREAU.fevrier}`)).json().items
  for (const { virement } of lignes) expect(virement.payeLe).toBe('2026-05-11')
  expect(await statement()).toMatch(/3 virements, 2 retours 30,00 €/)
  const attestation = await statement('attestation-regie')
  expect(attestation).toMatch(/atteste avoir versé 30,00 €.*Compte crédité : Tiers-lieu, encore un compte/)
  expect(attestation.match(/Compte crédité/g)).toHaveLength(1)
  await agree()
})
