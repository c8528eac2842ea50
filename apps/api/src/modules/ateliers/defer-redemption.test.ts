import { randomUUID } from 'node:crypto'
import { ActeDiffere, Conflit, guichetRoutes } from '@pass/contracts/guichet.ts'
import { isHorlogeDouteuse, jourDExpiration } from '@pass/domain/differes.ts'
import { afterAll, expect, test } from 'vitest'
import { ACTE_DIFFERE, LIEU, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { declare, qrOf, sendQueued } from '../../../test/differes.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
const marie = world.as('structure.mediateur')
const malo = world.as('s2:structure.mediateur')
const operateur = world.as('operateur.gestionnaire')
const rows = async (text: string, ...values: unknown[]) => (await world.sql.query(text, values)).rows
const newCarnet = async () => (await handOut(world, 1))[0]!
const outcomesOf = async (who = marie): Promise<ActeDiffere[]> => (await who.get('/guichet/actes-differes?taille=100')).json().items
const conflictsOf = async (who = marie): Promise<Conflit[]> => (await who.get('/guichet/conflits?taille=100')).json().items
const atelierOfS2 = async () => {
  const id = await openAtelier(world)
  await world.sql.query('update atelier set organisation_id = $2, lieu_id = $3, mediateur_id = $4 where id = $1', [
    id,
    ORG.s2,
    LIEU.l2,
    PEOPLE['s2:structure.mediateur'].utilisateurId,
  ])
  return id
}

afterAll(async () => {
  await assertLedger(world.sql)
  await world.close()
})

test('an act of this morning arrives at noon: paid, listed once, whatever the number of sendings', async () => {
  const k = await newCarnet()
  const [appareilId, atelierId, key] = [
    await declare(marie, 'Téléphone de Marie'),
    await openAtelier(world, { dureeMinutes: 180 }),
    randomUUID(),
  ]
  const act = { appareilId, atelierId, pass: [qrOf(world, k), k.codes[1]!], scanneAt: '2026-03-10T09:00:00+01:00', key }
  world.setClock('2026-03-10T12:00:00+01:00')
  const [first, again] = [await sendQueued(marie, act), await sendQueued(marie, act)]
  expect([first.statusCode, again.statusCode, again.body]).toEqual([201, 201, first.body])
  expect(first.json().aExaminer).toBeUndefined()
  const mine = (await outcomesOf()).filter((outcome) => outcome.atelierId === atelierId)
  expect(mine).toEqual([
    {
      id: mine[0]!.id,
      atelierId,
      par: 'Marie Fictive',
      appareil: 'Téléphone de Marie',
      scanneAt: '2026-03-10T08:00:00.000Z',
      recuAt: '2026-03-10T11:00:00.000Z',
      pass: 2,
      issue: 'accepte',
      code: null,
      message: '2\u00a0pass validés.',
      suite: null,
      aExaminer: false,
    },
  ])
  guichetRoutes.listActesDifferes.response.parse((await marie.get('/guichet/actes-differes')).json())
  expect((await outcomesOf(malo)).length).toBe(0)
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('a key reused for something else is refused, and its act keeps its own outcome', async () => {
  const [a, b] = await handOut(world, 2)
  const [appareilId, atelierId, key] = [await declare(marie), await openAtelier(world), randomUUID()]
  const act = { appareilId, atelierId, scanneAt: '2026-03-10T08:50:00+01:00', key }
  expect((await sendQueued(marie, { ...act, pass: [a!.codes[0]!] })).statusCode).toBe(201)
  expect((await sendQueued(marie, { ...act, pass: [b!.codes[0]!] })).json().code).toBe('cle_reutilisee')
  expect((await outcomesOf()).filter((outcome) => outcome.atelierId === atelierId).map(({ issue, pass }) => [issue, pass])).toEqual([
    ['accepte', 1],
  ])
})

/** The carnets of the stock are accepted until 30 July: the atelier of that evening ends at 22:00, its slot at 02:00. */
const EVENING = { date: '2026-07-30', debut: '20:00', dureeMinutes: 120, fuseau: 'Europe/Paris' }
test.each([
  ['2026-07-30T21:00:00+02:00', '2026-07-30T23:00:00+02:00'],
  ['2026-07-30T21:00:00+02:00', '2026-07-31T08:00:00+02:00'],
  ['2026-07-30T21:00:00+02:00', '2026-08-02T21:00:00+02:00'],
  ['2026-07-30T21:00:00+02:00', '2026-08-02T21:00:01+02:00'],
  ['2026-07-30T18:59:59+02:00', '2026-07-31T08:00:00+02:00'],
  ['2026-07-31T00:30:00+02:00', '2026-07-31T08:00:00+02:00'],
  ['2026-07-30T23:59:59+02:00', '2026-07-31T00:00:01+02:00'],
])('the expiry of a pass scanned at %s and received at %s is judged as the domain says', async (scanneAt, recuAt) => {
  const k = await newCarnet()
  world.setClock('2026-07-30T18:00:00+02:00')
  const [appareilId, atelierId] = [await declare(marie), await openAtelier(world, EVENING)]
  world.setClock(recuAt)
  const answer = await sendQueued(marie, { appareilId, atelierId, pass: [k.codes[0]!], scanneAt })
  const isExpired = jourDExpiration(EVENING, { scanneAt: new Date(scanneAt), recuAt: new Date(recuAt) }) > '2026-07-30'
  expect([answer.statusCode, answer.json().code]).toEqual(isExpired ? [409, 'expire'] : [201, undefined])
  // online, the day of the server alone counts
  const online = await marie.post(`/ateliers/${atelierId}/utilisations`, { pass: [(await newCarnet()).codes[0]] })
  expect(online.json().code).toBe(recuAt < '2026-07-31' ? undefined : 'expire')
  world.setClock('2026-03-10T09:00:00+01:00')
})

test.each([
  ['right', '2026-03-10T08:40:00+01:00', 0],
  ['five minutes late', '2026-03-10T08:40:00+01:00', -300],
  ['six minutes late', '2026-03-10T08:40:00+01:00', -360],
  ['six minutes early', '2026-03-10T08:40:00+01:00', 360],
  ['never compared', '2026-03-10T08:40:00+01:00', null],
  ['three minutes in the future', '2026-03-10T09:03:00+01:00', 0],
  ['an hour in the future', '2026-03-10T10:00:00+01:00', 0],
  ['of before the device was known', '2026-03-10T06:00:00+01:00', 0],
  ['back in 1970', '1970-01-01T00:00:00Z', 0],
] as const)('a clock %s: doubted as the domain says, the act accepted', async (_, scanneAt, ecartSecondes) => {
  const k = await newCarnet()
  world.setClock('2026-03-10T08:30:00+01:00')
  const [appareilId, atelierId] = [await declare(marie), await openAtelier(world)]
  world.setClock('2026-03-10T09:00:00+01:00')
  const answer = await sendQueued(marie, { appareilId, atelierId, pass: [k.codes[0]!], scanneAt, ecartSecondes })
  const aExaminer = isHorlogeDouteuse(
    { scanneAt: new Date(scanneAt), recuAt: new Date('2026-03-10T09:00:00+01:00') },
    { ecartSecondes, declareAt: new Date('2026-03-10T08:30:00+01:00'), revoqueAt: null },
  )
  expect([answer.statusCode, answer.json().aExaminer]).toEqual([201, aExaminer || undefined])
  const outcome = (await outcomesOf()).find((each) => each.atelierId === atelierId)
  expect(outcome).toMatchObject({ issue: 'accepte', aExaminer })
  expect((await rows('select a_examiner from redemption where atelier_id = $1', atelierId)).map((row) => row.a_examiner)).toEqual([
    aExaminer,
  ])
})

test('a device that the counter does not know: absent; declared, the same act is accepted under the same key, and looked at', async () => {
  const k = await newCarnet()
  const [appareilId, atelierId, key] = [randomUUID(), await openAtelier(world), randomUUID()]
  const act = { appareilId, atelierId, pass: [k.codes[0]!], scanneAt: '2026-03-10T08:45:00+01:00', key }
  expect((await sendQueued(marie, act)).statusCode).toBe(404)
  await declare(malo, 'Chez S2', randomUUID())
  expect((await sendQueued(marie, act)).statusCode).toBe(404)
  await declare(marie, 'Nouveau', appareilId)
  const answer = await sendQueued(marie, act)
  expect([answer.statusCode, answer.json().aExaminer]).toEqual([201, true])
})

test('a revoked device: what it scans afterwards is refused, what it had scanned is looked at; another structure’s device is absent', async () => {
  const [a, b] = await handOut(world, 2)
  const [appareilId, atelierId] = [await declare(marie, 'Téléphone perdu'), await openAtelier(world)]
  expect((await malo.del(`/guichet/appareils/${appareilId}`)).statusCode).toBe(404)
  expect((await malo.put(`/guichet/appareils/${appareilId}`, { nom: 'À moi' })).statusCode).toBe(404)
  world.setClock('2026-03-10T09:30:00+01:00')
  const revoked = await world.as('structure.responsable').del(`/guichet/appareils/${appareilId}`)
  expect(revoked.json()).toMatchObject({ nom: 'Téléphone perdu', par: 'Marie Fictive', revoqueAt: '2026-03-10T08:30:00.000Z' })
  world.setClock('2026-03-10T10:00:00+01:00')
  const after = await sendQueued(marie, { appareilId, atelierId, pass: [a!.codes[0]!], scanneAt: '2026-03-10T09:30:00+01:00' })
  const before = await sendQueued(marie, { appareilId, atelierId, pass: [b!.codes[0]!], scanneAt: '2026-03-10T09:29:59+01:00' })
  expect([after.statusCode, after.json().code, after.json().message]).toEqual([409, 'appareil_revoque', expect.stringContaining('révoqué')])
  expect([before.statusCode, before.json().aExaminer]).toEqual([201, true])
  expect((await marie.put(`/guichet/appareils/${appareilId}`, { nom: 'Revenu' })).json().code).toBe('appareil_revoque')
  expect((await outcomesOf()).filter((one) => one.atelierId === atelierId).map(({ issue, code }) => [issue, code])).toEqual([
    ['accepte', null],
    ['refuse', 'appareil_revoque'],
  ])
  const again = (await world.as('structure.responsable').del(`/guichet/appareils/${appareilId}`)).json()
  expect(again.revoqueAt).toBe('2026-03-10T08:30:00.000Z')
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('an act whose form is wrong leaves its outcome; sent right under the same key, it has one, accepted', async () => {
  const k = await newCarnet()
  const [appareilId, atelierId, key] = [await declare(marie), await openAtelier(world), randomUUID()]
  const act = { appareilId, atelierId, scanneAt: '2026-03-10T08:55:00+01:00', key }
  const torn = qrOf(world, k).slice(0, 100)
  for (let i = 0; i < 2; i++) expect((await sendQueued(marie, { ...act, pass: [k.codes[0]!, torn] })).json().code).toBe('code_malforme')
  expect((await outcomesOf()).find((one) => one.atelierId === atelierId)).toMatchObject({ issue: 'refuse', code: 'code_malforme', pass: 2 })
  const twice = await sendQueued(marie, { ...act, key: randomUUID(), pass: [k.codes[0]!, qrOf(world, k)] })
  expect([twice.statusCode, twice.json().code]).toEqual([400, 'doublon_dans_la_demande'])
  expect((await sendQueued(marie, { ...act, pass: [k.codes[0]!] })).statusCode).toBe(201)
  expect((await outcomesOf()).filter((one) => one.atelierId === atelierId).map(({ issue, code }) => [issue, code])).toEqual([
    ['refuse', 'doublon_dans_la_demande'],
    ['accepte', null],
  ])
  expect((await rows(`select count(*)::int n from audit_event where objet ->> 'atelierId' = $1 and statut = 400`, atelierId))[0].n).toBe(3)
  // whoever has no session, or no droit, leaves none
  const stranger = await sendQueued(world.as('prescripteur.agent'), { ...act, key: randomUUID(), pass: [torn] })
  expect([stranger.statusCode, (await sendQueued(malo, { ...act, key: randomUUID(), pass: [torn] })).statusCode]).toEqual([403, 404])
})

test('two devices, one pass: the first to arrive is paid; both places read it, and neither learns of the other', async () => {
  const k = await newCarnet()
  const [chezS1, chezS2] = [await openAtelier(world), await atelierOfS2()]
  const [phone, tablet] = [await declare(marie), await declare(malo)]
  const winner = await sendQueued(marie, {
    appareilId: phone,
    atelierId: chezS1,
    pass: [qrOf(world, k, 6)],
    scanneAt: '2026-03-10T08:50:00+01:00',
  })
  const loser = await sendQueued(malo, {
    appareilId: tablet,
    atelierId: chezS2,
    pass: [qrOf(world, k, 6)],
    scanneAt: '2026-03-10T08:40:00+01:00',
  })
  expect([winner.statusCode, loser.statusCode, loser.json().code, loser.json().message]).toEqual([
    201,
    409,
    'deja_utilise',
    'Pass déjà utilisé.',
  ])
  const [ours] = (await conflictsOf()).filter(({ atelierId }) => atelierId === chezS1)
  const [theirs] = await conflictsOf(malo)
  expect(ours).toMatchObject({ role: 'gagnant', rangPass: 7, at: '2026-03-10T08:00:00.000Z', suite: expect.stringContaining('payée') })
  expect(theirs).toMatchObject({ role: 'perdant', rangPass: 7, atelierId: chezS2, at: '2026-03-10T07:40:00.000Z' })
  expect(ours!.serie).toBe(theirs!.serie)
  expect(JSON.stringify(ours)).not.toMatch(new RegExp(`${ORG.s2}|${chezS2}|Malo|Espace`))
  expect(JSON.stringify(theirs)).not.toMatch(new RegExp(`${ORG.s1}|${chezS1}|Marie|Chai`))
  expect((await rows(`select count(*)::int n from redemption where carnet_id = $1 and statut <> 'annulee'`, k.id))[0].n).toBe(1)
  // asked online, it is no conflict: nobody accepted anything without network
  await marie.post(`/ateliers/${chezS1}/utilisations`, { pass: [k.codes[6]] })
  expect((await conflictsOf()).filter(({ atelierId }) => atelierId === chezS1)).toHaveLength(1)
  guichetRoutes.listConflits.response.parse((await malo.get('/guichet/conflits')).json())
})

test('the place is suspended this minute: an act of before is judged as of now, and says so', async () => {
  const k = await newCarnet()
  const [appareilId, atelierId] = [await declare(marie), await openAtelier(world)]
  await world.sql.query(`update labellisation set statut = 'suspendu' where organisation_id = $1`, [ORG.s1])
  const answer = await sendQueued(marie, { appareilId, atelierId, pass: [k.codes[0]!], scanneAt: '2026-03-10T08:40:00+01:00' })
  await world.sql.query(`update labellisation set statut = 'labellise' where organisation_id = $1`, [ORG.s1])
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'lieu_suspendu'])
  expect((await outcomesOf()).find((one) => one.atelierId === atelierId)).toMatchObject({
    code: 'lieu_suspendu',
    suite: 'Contacter l’opérateur pour connaître le motif de la suspension.',
  })
})

test('an act of two operators, doubted: each looks at its own pass and releases them alone', async () => {
  const [ours] = await handOut(world, 1)
  const [theirs] = await handOut(world, 1, 't2')
  const [appareilId, atelierId] = [await declare(marie), await openAtelier(world)]
  const answer = await sendQueued(marie, {
    appareilId,
    atelierId,
    pass: [ours!.codes[0]!, theirs!.codes[0]!],
    scanneAt: '2026-03-10T08:40:00+01:00',
    ecartSecondes: null,
  })
  const { acteId } = answer.json()
  const waiting = async (who: Parameters<typeof world.as>[0]) =>
    guichetRoutes.listAExaminer.response
      .parse((await world.as(who).get('/utilisations/a-examiner?taille=100')).json())
      .items.filter((item) => item.atelierId === atelierId)
  const [mine] = await waiting('operateur.gestionnaire')
  expect(mine).toMatchObject({
    pass: 1,
    montantCentimes: 1000,
    structure: 'Tiers-lieu Le Chai',
    ecartSecondes: null,
    par: 'Une personne de la structure',
  })
  const release = (who: Parameters<typeof world.as>[0]) =>
    world.as(who).post(`/utilisations/${mine!.id}/examen`, { motif: 'Horaires confirmés par la structure.' })
  expect((await release('operateur.finance_emetteur')).statusCode).toBe(403)
  expect((await release('operateur.gestionnaire')).json()).toEqual({ acteDiffereId: mine!.id, pass: 1 })
  expect((await release('operateur.labellisateur')).json().code).toBe('redemption_statut')
  expect(await waiting('operateur.gestionnaire')).toEqual([])
  expect(await waiting('autre:operateur.gestionnaire')).toHaveLength(1)
  expect(await rows('select operateur_id = $2 ours, a_examiner from redemption where acte_id = $1 order by 1', acteId, ORG.o1)).toEqual([
    { ours: false, a_examiner: true },
    { ours: true, a_examiner: false },
  ])
  // undone by its place, the rest waits for nobody
  expect((await marie.post(`/utilisations/${acteId}/annulation`, { motif: 'Erreur.', redemptionId: null })).statusCode).toBe(200)
  expect(await waiting('autre:operateur.gestionnaire')).toEqual([])
  expect((await release('autre:operateur.gestionnaire')).json().code).toBe('redemption_statut')
  expect((await operateur.post(`/utilisations/${ACTE_DIFFERE.t2}/examen`, { motif: 'Vu.' })).statusCode).toBe(404)
})
