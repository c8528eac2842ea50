import { randomUUID } from 'node:crypto'
import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { afterAll, expect, test } from 'vitest'
import { ACTE, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { balances, handOut, openAtelier, tableCounts } from '../../../test/counter.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
const counter = world.as('structure.mediateur')
const use = async (atelier: string, ...pass: string[]) => (await counter.post(`/ateliers/${atelier}/utilisations`, { pass })).json()
const undo = (acteId: string, redemptionId: string | null = null, key: string = randomUUID()) =>
  counter.post(`/utilisations/${acteId}/annulation`, { motif: 'Erreur de scan.', redemptionId }, { key })
const rows = async (text: string, ...values: unknown[]) => (await world.sql.query(text, values)).rows
const statuts = async (carnet: bigint) =>
  (await rows('select id % 10 as rang, statut from pass where carnet_id = $1 and statut <> $2 order by id', carnet, 'neuf')).length

afterAll(async () => {
  await assertLedger(world.sql)
  await world.close()
})

test('C01: a whole act of two conventions is undone; pass, money, seats and counters come back, both sides readable', async () => {
  const [a, b] = await handOut(world, 2)
  const [c] = await handOut(world, 1, 't2')
  const atelier = await openAtelier(world, { debut: '16:00', capacite: 3 })
  const before = await balances(world)
  const acte = await use(atelier, a!.codes[0]!, b!.codes[0]!, c!.codes[0]!)
  expect(await rows('select statut, places_prises from atelier where id = $1', atelier)).toEqual([{ statut: 'complet', places_prises: 3 }])
  const answer = await undo(acte.acteId)
  expect(answer.statusCode).toBe(200)
  const { montantCentimes, annulees } = atelierRoutes.undoRedemption.response.parse(answer.json())
  expect([montantCentimes, annulees.toSorted()]).toEqual([
    3000,
    acte.pass.map((one: { redemptionId: string }) => one.redemptionId).toSorted(),
  ])
  expect(await balances(world)).toEqual(before)
  expect(await rows('select statut, places_prises from atelier where id = $1', atelier)).toEqual([{ statut: 'ouvert', places_prises: 0 }])
  expect(
    await rows(
      `select motif, count(*)::int n, sum(montant_centimes)::int s from transfer where objet_id = $1 group by 1 order by 1`,
      acte.acteId,
    ),
  ).toEqual([
    { motif: 'annulation', n: 2, s: 3000 },
    { motif: 'utilisation', n: 2, s: 3000 },
  ])
  expect(await rows('select distinct statut, annulation_motif from redemption where acte_id = $1', acte.acteId)).toEqual([
    { statut: 'annulee', annulation_motif: 'Erreur de scan.' },
  ])
  expect(await rows(`select sujet from outbox where objet ->> 'acteId' = $1 order by id`, acte.acteId)).toEqual([
    { sujet: 'redemption.creee' },
    { sujet: 'redemption.annulee' },
  ])
  const read = (await counter.get(`/ateliers/${atelier}`)).json()
  expect(read.utilisations.map(({ statut, annulable }: { statut: string; annulable: boolean }) => [statut, annulable])).toEqual([
    ['annulee', false],
    ['annulee', false],
    ['annulee', false],
  ])
  expect(read.participants.map(({ statut }: { statut: string }) => statut)).toEqual(['annule', 'annule', 'annule'])
})

test('one pass of an act, then the rest of it, then nothing', async () => {
  const [a, b] = await handOut(world, 2)
  const atelier = await openAtelier(world, { dureeMinutes: 180 })
  const acte = await use(atelier, a!.codes[0]!, b!.codes[0]!, a!.codes[1]!)
  const first = await undo(acte.acteId, acte.pass[0].redemptionId)
  expect([first.statusCode, first.json()]).toEqual([
    200,
    { acteId: acte.acteId, montantCentimes: 1000, annulees: [acte.pass[0].redemptionId] },
  ])
  // the person keeps the seat: another pass of theirs is still used here
  expect(await rows('select places_prises from atelier where id = $1', atelier)).toEqual([{ places_prises: 2 }])
  expect((await undo(acte.acteId, acte.pass[0].redemptionId)).json().code).toBe('redemption_statut')
  expect((await undo(acte.acteId)).json().montantCentimes).toBe(2000)
  const again = await undo(acte.acteId)
  expect([again.statusCode, again.json().code]).toEqual([409, 'redemption_statut'])
  expect(await rows('select places_prises from atelier where id = $1', atelier)).toEqual([{ places_prises: 0 }])
  expect(await statuts(a!.id)).toBe(0)
})

test('C10: used, undone, used again: three events, one live redemption, the person enrolled once', async () => {
  const [k] = await handOut(world, 1)
  const atelier = await openAtelier(world)
  const acte = await use(atelier, k!.codes[0]!)
  await undo(acte.acteId)
  const again = await use(atelier, k!.codes[0]!)
  expect(await rows(`select statut, count(*)::int n from redemption where pass_id = $1 group by 1 order by 1`, k!.id * 10n)).toEqual([
    { statut: 'a_payer', n: 1 },
    { statut: 'annulee', n: 1 },
  ])
  expect(await rows('select statut, pass_utilises from inscription where atelier_id = $1', atelier)).toEqual([
    { statut: 'present', pass_utilises: 1 },
  ])
  expect((await undo(acte.acteId)).json().code).toBe('redemption_statut')
  expect((await undo(again.acteId)).statusCode).toBe(200)
})

test('somebody enrolled before keeps the seat', async () => {
  const [k] = await handOut(world, 1)
  const atelier = await openAtelier(world)
  await world.sql.query(
    `insert into inscription (organisation_id, atelier_id, collectivite_id, carnet_id, personne_id, statut) values ($1, $2, $3, $4, $5, 'inscrit')`,
    [ORG.s1, atelier, ORG.t1, k!.id, k!.publicId],
  )
  await world.sql.query('update atelier set places_prises = 1 where id = $1', [atelier])
  const acte = await use(atelier, k!.codes[0]!)
  await undo(acte.acteId)
  expect(await rows('select places_prises from atelier where id = $1', atelier)).toEqual([{ places_prises: 1 }])
  expect(await rows('select statut, pass_utilises from inscription where atelier_id = $1', atelier)).toEqual([
    { statut: 'present', pass_utilises: 0 },
  ])
})

test('replayed under its key; the key with another body is refused', async () => {
  const [k] = await handOut(world, 1)
  const acte = await use(await openAtelier(world), k!.codes[0]!)
  const key = randomUUID()
  const first = await undo(acte.acteId, null, key)
  const replay = await undo(acte.acteId, null, key)
  expect([replay.statusCode, replay.body, replay.headers['idempotency-replayed']]).toEqual([200, first.body, 'true'])
  expect((await undo(acte.acteId, acte.pass[0].redemptionId, key)).json().code).toBe('cle_reutilisee')
  const refusedKey = randomUUID()
  const refused = await undo(acte.acteId, null, refusedKey)
  expect((await undo(acte.acteId, null, refusedKey)).body).toBe(refused.body)
})

test('24 hours, to the second', async () => {
  const [k, l] = await handOut(world, 2)
  const atelier = await openAtelier(world)
  const acte = await use(atelier, k!.codes[0]!)
  const late = await use(atelier, l!.codes[0]!)
  world.setClock('2026-03-11T07:59:59Z')
  expect((await counter.get(`/ateliers/${atelier}`)).json().utilisations[1].annulable).toBe(true)
  expect((await undo(acte.acteId)).statusCode).toBe(200)
  world.setClock('2026-03-11T08:00:00Z')
  expect((await counter.get(`/ateliers/${atelier}`)).json().utilisations[1].annulable).toBe(false)
  const answer = await undo(late.acteId)
  world.setClock('2026-03-10T08:00:00Z')
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'delai_depasse'])
})

test('C03: in a bordereau; C05: another structure; an unknown act; another act’s pass; nothing changes', async () => {
  const [k] = await handOut(world, 1)
  const acte = await use(await openAtelier(world), k!.codes[0]!)
  const before = await tableCounts(world)
  const answers = [
    await undo(ACTE.fevrier),
    await world.as('s2:structure.mediateur').post(`/utilisations/${acte.acteId}/annulation`, { motif: 'x', redemptionId: null }),
    await undo(randomUUID()),
    await undo(ACTE.t2),
    await undo(ACTE.mars, acte.pass[0].redemptionId),
    await world.as('collectivite.gestionnaire').post(`/utilisations/${acte.acteId}/annulation`, { motif: 'x', redemptionId: null }),
    await world.anonymous().post(`/utilisations/${acte.acteId}/annulation`, { motif: 'x', redemptionId: null }),
    await counter.post(`/utilisations/${acte.acteId}/annulation`, { motif: ' ', redemptionId: null }),
  ]
  expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
    [409, 'bordereau_clos'],
    [404, 'introuvable'],
    [404, 'introuvable'],
    [404, 'introuvable'],
    [404, 'introuvable'],
    [403, 'droit_absent'],
    [401, 'non_connecte'],
    [400, 'demande_malformee'],
  ])
  expect(await tableCounts(world)).toEqual(before)
})
