import { randomUUID } from 'node:crypto'
import { Acte, atelierRoutes } from '@pass/contracts/ateliers.ts'
import { formatCode } from '@pass/domain/codes.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { ATELIER, BENEFICIAIRE, CONVENTION, lotKey, ORG, PEOPLE, serieK } from '../../../../../prisma/seed/base/ids.ts'
import type { StockCarnet } from '../../../../../prisma/seed/base/stock.ts'
import { balances, handOut, openAtelier, tableCounts } from '../../../test/counter.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'
import { deriveCode, signQr } from '../../platform/codes.ts'

const world = await createWorld()
const counter = world.as('structure.mediateur')
const use = (atelier: string, pass: string[], key?: string) =>
  counter.post(`/ateliers/${atelier}/utilisations`, { pass }, key ? { key } : {})
const verify = (atelier: string, pass: string[]) => counter.post(`/ateliers/${atelier}/verifications`, { pass })
const row = async (text: string, ...values: unknown[]) => (await world.sql.query(text, values)).rows[0]
const one = async () => (await handOut(world, 1))[0]!
const qrOf = ({ id, codes }: StockCarnet, rang = 0, collectiviteId: string = ORG.t1) =>
  signQr(world.deps.secrets, { collectiviteId, passId: id * 10n + BigInt(rang), code: codes[rang]!, dateFin: '2026-06-30' })

beforeEach(async () => void (await world.sql.query('delete from essai_code')))
afterAll(async () => {
  await assertLedger(world.sql)
  await world.close()
})

test('A01: verified three times, still worth its value; no person is named', async () => {
  const { codes } = await one()
  const before = await tableCounts(world)
  for (let i = 0; i < 3; i++) {
    const answer = await verify(ATELIER.a1, [codes[0]!])
    expect([answer.statusCode, answer.json()]).toEqual([200, { pass: [{ rang: 0, valableJusquau: '2026-07-30', montantCentimes: 1000 }] }])
    atelierRoutes.verifyPass.response.parse(answer.json())
  }
  expect(await tableCounts(world)).toEqual(before)
  const { n } = await row(`select count(*)::int n from audit_event where action = 'verifyPass' and statut = 200`)
  expect(n).toBe(3)
})

test('A02: used, owed, written with who, when and where; A03: a new key is told when and where', async () => {
  const { codes, serie } = await one()
  const before = await balances(world)
  const answer = await use(ATELIER.a1, [codes[0]!])
  expect(answer.statusCode).toBe(201)
  const acte = Acte.parse(answer.json())
  expect(acte).toMatchObject({ montantCentimes: 1000, pass: [{ rang: 0, serie: formatSerie(serie), montantCentimes: 1000 }] })
  const after = await balances(world)
  expect([after.circulation! - before.circulation!, after.du! - (before.du ?? 0)]).toEqual([-1000, 1000])
  const stored = await row(
    `select r.statut, r.utilisateur_id, r.at, r.lieu_id is not null as lieu, p.statut as pass, a.statut as atelier from redemption r
       join pass p on p.id = r.pass_id join atelier a on a.id = r.atelier_id where r.public_id = $1`,
    acte.pass[0]!.redemptionId,
  )
  expect(stored).toEqual({
    statut: 'a_payer',
    utilisateur_id: PEOPLE['structure.mediateur'].utilisateurId,
    at: new Date('2026-03-10T08:00:00Z'),
    lieu: true,
    pass: 'utilise',
    atelier: 'tenu',
  })
  const again = await use(ATELIER.a1, [codes[0]!])
  expect([again.statusCode, again.json().code]).toEqual([409, 'deja_utilise'])
  expect(again.json().message).toBe('Pass déjà utilisé le 10/03/2026 à 9\u00a0h dans votre lieu.')
  const elsewhere = await world.as('s2:structure.mediateur').post(`/ateliers/${ATELIER.l2}/utilisations`, { pass: [codes[0]] })
  expect([elsewhere.json().code, elsewhere.json().message]).toEqual(['deja_utilise', 'Pass déjà utilisé.'])
})

test('one audit line and one fact a call, identifiers only', async () => {
  const { codes } = await one()
  const { acteId } = (await use(ATELIER.a1, [codes[0]!])).json()
  const audit = await world.sql.query(`select action, statut, code, objet from audit_event where objet ->> 'acteId' = $1`, [acteId])
  const facts = await world.sql.query(`select sujet, organisation_id from outbox where objet ->> 'acteId' = $1`, [acteId])
  expect(audit.rows).toEqual([{ action: 'redeemPass', statut: 201, code: null, objet: { atelierId: ATELIER.a1, acteId, pass: 1 } }])
  expect(facts.rows).toEqual([{ sujet: 'redemption.creee', organisation_id: ORG.s1 }])
})

test('A05: spaces, dashes, lower case and look-alikes; a signed QR is the same pass', async () => {
  const k = await one()
  const spaced = ` ${formatCode(k.codes[0]!).replaceAll('-', ' ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `
  expect((await verify(ATELIER.a1, [spaced])).statusCode).toBe(200)
  expect((await verify(ATELIER.a1, [qrOf(k)])).statusCode).toBe(200)
  expect((await use(ATELIER.a1, [qrOf(k)])).statusCode).toBe(201)
  expect((await use(ATELIER.a1, [formatCode(k.codes[0]!)])).json().code).toBe('deja_utilise')
})

test('A06: a code with one wrong character is 400, says where, and is not a guess', async () => {
  const { codes } = await one()
  const wrong = codes[0]!.replace(/^./, (symbol) => (symbol === 'A' ? 'B' : 'A'))
  const forged = qrOf(await one()).replace(/^(.{60})(.)/, (_, head: string, symbol: string) => head + (symbol === 'A' ? 'B' : 'A'))
  const answer = await use(ATELIER.a1, [codes[0]!, wrong, 'abc', forged])
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'code_malforme'])
  expect(answer.json().erreurs.map(({ chemin }: { chemin: string }) => chemin)).toEqual(['pass.1', 'pass.2', 'pass.3'])
  expect(answer.json().erreurs[2].message).toMatch(/^Ce QR code n’est pas celui d’un pass/)
  expect((await row('select count(*)::int n from essai_code')).n).toBe(0)
  expect(await row(`select statut, code from audit_event where action = 'redeemPass' order by id desc limit 1`)).toEqual({
    statut: 400,
    code: 'code_malforme',
  })
})

test('the same pass twice in a call, typed and scanned: 400', async () => {
  const k = await one()
  const answer = await use(ATELIER.a1, [k.codes[0]!, qrOf(k)])
  expect([answer.statusCode, answer.json().code, answer.json().erreurs[0].chemin]).toEqual([400, 'doublon_dans_la_demande', 'pass.1'])
})

test('a QR whose pass is not the code’s is unknown', async () => {
  const [a, b] = await handOut(world, 2)
  const crossed = signQr(world.deps.secrets, { collectiviteId: ORG.t1, passId: b!.id * 10n, code: a!.codes[0]!, dateFin: '2026-06-30' })
  const elsewhere = qrOf(a!, 0, ORG.t2)
  const answer = await use(ATELIER.a1, [crossed])
  const other = await use(ATELIER.a1, [elsewhere])
  expect([answer.json().code, other.json().code]).toEqual(['code_inconnu', 'code_inconnu'])
})

const unknownCode = (rang: number) => deriveCode(Buffer.alloc(32, 'unknown'), rang, 1)

test('unknown codes are counted; after ten in an hour the person waits, and a success is still replayed', async () => {
  const k = await one()
  const key = randomUUID()
  expect((await use(ATELIER.a1, [k.codes[0]!], key)).statusCode).toBe(201)
  expect(
    (await use(ATELIER.a1, [unknownCode(1), k.codes[1]!, unknownCode(2)])).json().erreurs.map(({ code }: { code: string }) => code),
  ).toEqual(['code_inconnu', 'atelier_deja_paye', 'code_inconnu'])
  expect(await row('select sum(nombre)::int n, min(at) at from essai_code')).toEqual({ n: 2, at: new Date('2026-03-10T08:00:00Z') })
  for (let i = 3; i <= 10; i++) expect((await verify(ATELIER.a1, [unknownCode(i)])).json().code).toBe('code_inconnu')
  for (const answer of [await use(ATELIER.a1, [k.codes[2]!]), await verify(ATELIER.a1, [k.codes[2]!])]) {
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([429, 'trop_de_demandes', '600'])
  }
  expect((await use(ATELIER.a1, [k.codes[0]!], key)).statusCode).toBe(201)
  expect((await row(`select count(*)::int n from audit_event where statut = 429`)).n).toBe(2)
  const colleague = world.as('structure.responsable')
  expect((await colleague.post(`/ateliers/${ATELIER.a1}/verifications`, { pass: [k.codes[2]] })).json().code).toBe('atelier_deja_paye')
  world.setClock('2026-03-10T10:00:01+01:00')
  expect((await verify(ATELIER.a1, [k.codes[2]!])).json().code).toBe('atelier_deja_paye')
  world.setClock('2026-03-10T08:00:00Z')
})

test('A25: the same key gives the same status and body, for a success and for a refusal', async () => {
  const [a, b] = await handOut(world, 2)
  const [key, refusedKey] = [randomUUID(), randomUUID()]
  const first = await use(ATELIER.a1, [a!.codes[0]!], key)
  const replay = await use(ATELIER.a1, [a!.codes[0]!], key)
  expect([replay.statusCode, replay.body, replay.headers['idempotency-replayed']]).toEqual([201, first.body, 'true'])
  const refused = await use(ATELIER.a1, [a!.codes[0]!, b!.codes[0]!], refusedKey)
  world.setClock('2026-03-10T12:00:00Z')
  const refusedAgain = await use(ATELIER.a1, [a!.codes[0]!, b!.codes[0]!], refusedKey)
  world.setClock('2026-03-10T08:00:00Z')
  expect([refusedAgain.statusCode, refusedAgain.body, refusedAgain.headers['idempotency-replayed']]).toEqual([409, refused.body, 'true'])
  const other = await use(ATELIER.a1, [b!.codes[0]!], key)
  expect([other.statusCode, other.json().code]).toEqual([409, 'cle_reutilisee'])
  expect((await row(`select count(*)::int n from redemption where carnet_id = any ($1)`, [a!.id, b!.id])).n).toBe(1)
  const keyless = await counter.post(`/ateliers/${ATELIER.a1}/utilisations`, { pass: [b!.codes[0]] }, { key: '' })
  expect([keyless.statusCode, keyless.json().code]).toEqual([400, 'cle_manquante'])
})

test('a key belongs to its person: a colleague’s same key is another one', async () => {
  const [a, b] = await handOut(world, 2)
  const key = randomUUID()
  const mine = await use(ATELIER.a1, [a!.codes[0]!], key)
  const theirs = await world.as('structure.responsable').post(`/ateliers/${ATELIER.a1}/utilisations`, { pass: [b!.codes[0]] }, { key })
  expect([mine.statusCode, theirs.statusCode]).toEqual([201, 201])
})

test('A29: one pass used, the other not: only the first is named, nothing is written', async () => {
  const k = await one()
  await use(await openAtelier(world, { date: '2026-03-09' }), [k.codes[1]!])
  const before = await tableCounts(world)
  for (const pass of [
    [k.codes[0]!, k.codes[1]!],
    [k.codes[1]!, k.codes[0]!],
  ]) {
    const answer = await use(ATELIER.a1, pass)
    const rang = pass.indexOf(k.codes[1]!)
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'deja_utilise'])
    expect(answer.json().erreurs.map(({ chemin, code }: { chemin: string; code: string }) => [chemin, code])).toEqual([
      [`pass.${rang}`, 'deja_utilise'],
    ])
  }
  expect(await tableCounts(world)).toEqual(before)
})

test('several people of two collectivités in one call: one transfer a convention, seats counted by person', async () => {
  const [a, b] = await handOut(world, 2)
  const [c] = await handOut(world, 1, 't2')
  const atelier = await openAtelier(world, { dureeMinutes: 180, capacite: 3 })
  const answer = await use(atelier, [a!.codes[0]!, c!.codes[4]!, b!.codes[9]!, a!.codes[1]!])
  expect(answer.statusCode).toBe(201)
  const acte = Acte.parse(answer.json())
  expect([acte.montantCentimes, acte.pass.map(({ rang, serie }) => [rang, serie])]).toEqual([
    4000,
    [a, c, b, a].map((k, rang) => [rang, formatSerie(k!.serie)]),
  ])
  const { rows } = await world.sql.query(
    `select convention_id, montant_centimes::int montant, motif from transfer where objet_id = $1 order by 2`,
    [acte.acteId],
  )
  expect(rows).toEqual([
    { convention_id: CONVENTION.cv2, montant: 1000, motif: 'utilisation' },
    { convention_id: CONVENTION.cv1, montant: 3000, motif: 'utilisation' },
  ])
  expect(await row('select places_prises, statut from atelier where id = $1', atelier)).toEqual({ places_prises: 3, statut: 'tenu' })
  expect((await use(atelier, [(await one()).codes[0]!])).json().code).toBe('atelier_complet')
})

test('the last seat: both named by rank, a person already there needs none', async () => {
  const [a, b, c] = await handOut(world, 3)
  const atelier = await openAtelier(world, { capacite: 2, dureeMinutes: 180 })
  expect((await use(atelier, [a!.codes[0]!])).statusCode).toBe(201)
  const full = await use(atelier, [b!.codes[0]!, c!.codes[0]!])
  expect(full.json().erreurs.map(({ chemin, code }: { chemin: string; code: string }) => [chemin, code])).toEqual([
    ['pass.1', 'atelier_complet'],
  ])
  expect((await use(atelier, [b!.codes[0]!])).statusCode).toBe(201)
  expect((await use(atelier, [a!.codes[1]!])).statusCode).toBe(201)
})

test('an atelier filled before its start is complet, held once it has begun', async () => {
  const k = await one()
  const atelier = await openAtelier(world, { debut: '16:00', capacite: 1 })
  await use(atelier, [k.codes[0]!])
  expect(await row('select statut from atelier where id = $1', atelier)).toEqual({ statut: 'complet' })
})

test('pass per atelier and per half day follow the convention, the length and 13:00', async () => {
  const [k, other] = await handOut(world, 2)
  const [court, long, matin, midi] = [
    await openAtelier(world),
    await openAtelier(world, { dureeMinutes: 121, date: '2026-03-09' }),
    await openAtelier(world, { debut: '12:59' }),
    await openAtelier(world, { debut: '13:00' }),
  ]
  const [p, q] = [k!.codes, other!.codes]
  expect((await use(court, [p[0]!, p[1]!])).json().erreurs).toMatchObject([{ chemin: 'pass.1', code: 'atelier_deja_paye' }])
  expect((await use(court, [p[0]!])).statusCode).toBe(201)
  expect((await use(court, [p[1]!])).json().code).toBe('atelier_deja_paye')
  expect((await use(long, [p[2]!, p[3]!, p[4]!])).json().erreurs).toMatchObject([{ chemin: 'pass.2', code: 'atelier_deja_paye' }])
  expect((await use(long, [p[2]!, p[3]!])).statusCode).toBe(201)
  expect((await use(matin, [p[5]!, q[0]!])).statusCode).toBe(201)
  const third = await use(await openAtelier(world, { debut: '10:00' }), [p[6]!])
  expect([third.json().code, third.json().message]).toEqual(['trop_de_pass', 'Déjà 2\u00a0pass utilisés ce matin par cette personne.'])
  expect((await use(midi, [p[6]!])).statusCode).toBe(201)
})

test('two carnets of one person count together', async () => {
  const [a, b] = await handOut(world, 2)
  await world.sql.query('update carnet set beneficiaire_id = $1 where id = any ($2)', [BENEFICIAIRE.b1, [a!.id, b!.id]])
  const atelier = await openAtelier(world, { debut: '14:30' })
  expect((await use(atelier, [a!.codes[0]!, b!.codes[0]!])).json().erreurs).toMatchObject([{ chemin: 'pass.1', code: 'atelier_deja_paye' }])
  expect((await use(atelier, [a!.codes[0]!])).statusCode).toBe(201)
  expect((await use(atelier, [b!.codes[0]!])).json().code).toBe('atelier_deja_paye')
})

test('a pass of the base seed: the person is first name and initial', async () => {
  const atelier = await openAtelier(world, { debut: '15:00' })
  const answer = await use(atelier, [deriveCode(lotKey('l1'), serieK(2), 4)])
  expect([answer.statusCode, answer.body.includes('Blanche')]).toEqual([201, false])
  const read = (await counter.get(`/ateliers/${atelier}`)).json()
  expect(read.participants).toMatchObject([{ nom: 'Blanche I.', statut: 'present', passUtilises: 1 }])
  expect(read.utilisations).toMatchObject([{ serie: formatSerie(serieK(2)), rangPass: 4, statut: 'a_payer', annulable: true }])
})

test('money of a pass is its lot’s face value, whatever the convention says today', async () => {
  const { codes } = await one()
  await world.sql.query('update convention set valeur_faciale_centimes = 1500 where id = $1', [CONVENTION.cv1])
  const answer = await use(ATELIER.a1, [codes[0]!])
  await world.sql.query('update convention set valeur_faciale_centimes = 1000 where id = $1', [CONVENTION.cv1])
  expect(answer.json().montantCentimes).toBe(1000)
})

test('strangers: 401, 403, another structure 404, a closed tab 409, a wrong body after who and droit', async () => {
  const { codes } = await one()
  const path = `/ateliers/${ATELIER.a1}/utilisations`
  const body = { pass: [codes[0]] }
  const answers = [
    await world.anonymous().post(path, body),
    await world.anonymous().post(path, { pass: ['abc'] }),
    await world.as('collectivite.gestionnaire').post(path, body),
    await world.as('collectivite.gestionnaire').post(path, { pass: ['abc'] }),
    await world.as('s2:structure.mediateur').post(path, body),
    await counter.post(`/ateliers/${randomUUID()}/utilisations`, body),
    await counter.post(path, body, { headers: { 'x-adhesion': randomUUID() } }),
    await counter.post(path, { pass: [] }),
    await counter.post(path, { pass: [codes[0]], prix: 2 }),
  ]
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 403, 403, 404, 404, 409, 400, 400])
  expect(answers.map((answer) => answer.json().code)).toEqual([
    'non_connecte',
    'non_connecte',
    'droit_absent',
    'droit_absent',
    'introuvable',
    'introuvable',
    'organisation_changee',
    'demande_malformee',
    'demande_malformee',
  ])
  const { rows } = await world.sql.query(
    `select statut, count(*)::int n from audit_event where action = 'redeemPass' and organisation_id = $1 group by 1`,
    [ORG.t1],
  )
  expect(rows).toEqual([{ statut: 403, n: 2 }])
  expect((await verify(ATELIER.l2, [codes[0]!])).statusCode).toBe(404)
  expect((await verify(ATELIER.a1, [codes[0]!])).statusCode).toBe(200)
})
