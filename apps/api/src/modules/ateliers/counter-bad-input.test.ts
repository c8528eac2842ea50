import { REDEMPTION_NEXT_STEP } from '@pass/domain/redemptions.ts'
import base45 from 'base45'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import type { StockCarnet } from '../../../../../prisma/seed/base/stock.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { declare, qrOf, sendQueued } from '../../../test/differes.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'
import { deriveCode } from '../../platform/codes.ts'

const world = await createWorld()
const marie = world.as('structure.mediateur')
const safia = world.as('structure.responsable')
const sql = (text: string, ...values: unknown[]) => world.sql.query(text, values)
afterAll(async () => {
  await assertLedger(world.sql)
  await world.close()
})

/** Spoils one byte of what a QR code says, and leaves the text well formed. */
const forged = (text: string, at: number) => {
  const bytes = Buffer.from(base45.decode(text))
  bytes[at]! ^= 1
  return base45.encode(bytes)
}
const set =
  (columns: string) =>
  async ({ id }: StockCarnet) =>
    sql(`update carnet set ${columns} where id = $1`, id)
const nothing = async () => undefined

type Bad = [
  name: string,
  spoil: (k: StockCarnet) => Promise<unknown>,
  show: (k: StockCarnet) => string,
  status: number,
  code: string,
  message: RegExp,
]
const BAD: Bad[] = [
  ['a forged QR: another pass id', nothing, (k) => forged(qrOf(world, k), 25), 400, 'code_malforme', /pas celui d’un pass/],
  ['a forged QR: another expiry', nothing, (k) => forged(qrOf(world, k), 34), 400, 'code_malforme', /pas celui d’un pass/],
  ['a forged QR: another signature', nothing, (k) => forged(qrOf(world, k), 98), 400, 'code_malforme', /pas celui d’un pass/],
  ['a forged QR: an unknown key', nothing, (k) => forged(qrOf(world, k), 1), 400, 'code_malforme', /pas celui d’un pass/],
  [
    'a QR truly signed, with the number of another pass',
    nothing,
    (k) => qrOf(world, { ...k, codes: k.codes.toReversed() }),
    409,
    'code_inconnu',
    /n’existe pas/,
  ],
  ['a truncated QR', nothing, (k) => qrOf(world, k).slice(0, 148), 400, 'code_malforme', /pas celui d’un pass/],
  [
    'a QR of something else',
    nothing,
    () => 'https://exemple.fr/carte-de-fidelite/0123456789ABCDEF',
    400,
    'code_malforme',
    /pas celui d’un pass/,
  ],
  ['a number cut short', nothing, (k) => k.codes[0]!.slice(0, 11), 400, 'code_malforme', /Il manque un caractère/],
  ['a number of another system', nothing, () => 'UNIV-ERSE-LLEE', 400, 'code_malforme', /jamais utilisé/],
  ['an unknown number', nothing, ({ serie }) => deriveCode(Buffer.alloc(32, 'unknown'), serie, 1), 409, 'code_inconnu', /n’existe pas/],
  [
    'a photocopied QR',
    (k) => marie.post(`/ateliers/${elsewhere}/utilisations`, { pass: [k.codes[0]] }),
    (k) => qrOf(world, k),
    409,
    'deja_utilise',
    /déjà utilisé le 10\/03\/2026/,
  ],
  [
    'a stolen carnet',
    set(`statut = 'bloque', statut_avant_blocage = 'remis', motif_blocage = 'vole'`),
    (k) => qrOf(world, k),
    409,
    'carnet_bloque',
    /perdu ou volé/,
  ],
  ['a carnet that is not active', set('activation_id = null'), (k) => qrOf(world, k), 409, 'pas_actif', /pas encore activé/],
  ['a carnet that nobody was given', set(`statut = 'attribue'`), (k) => qrOf(world, k), 409, 'pas_remis', /pas encore remis/],
  [
    'a pass of a collectivité that does not admit the place',
    () => sql(`update convention set lieux_admis = 'liste' where id = $1`, CONVENTION.cv1),
    (k) => qrOf(world, k),
    409,
    'lieu_non_admis',
    /pas agréé/,
  ],
]
let elsewhere = ''
test.each(BAD)('%s has its own answer, online and from a queue', async (_, spoil, show, status, code, message) => {
  elsewhere = await openAtelier(world, { debut: '10:00' })
  const [carnet, atelierId] = [(await handOut(world, 1))[0]!, await openAtelier(world)]
  await spoil(carnet)
  const online = await marie.post(`/ateliers/${atelierId}/utilisations`, { pass: [show(carnet)] })
  const queued = await sendQueued(marie, {
    appareilId: await declare(marie),
    atelierId,
    pass: [show(carnet)],
    scanneAt: '2026-03-10T08:55:00+01:00',
  })
  for (const answer of [online, queued]) {
    const body = answer.json()
    expect([answer.statusCode, body.code, body.erreurs[0].chemin]).toEqual([status, code, 'pass.0'])
    expect(body.message).toMatch(message)
    if (status === 409) expect(body.erreurs[0].suite).toBe(REDEMPTION_NEXT_STEP[code as keyof typeof REDEMPTION_NEXT_STEP])
  }
  const outcome = (await marie.get('/guichet/actes-differes')).json().items[0]
  expect(outcome).toMatchObject({ atelierId, issue: 'refuse', code, pass: 1 })
  expect([outcome.message, outcome.suite].every((text: string) => text.endsWith('.'))).toBe(true)
  await sql(
    `update carnet set statut = 'remis', motif_blocage = null, statut_avant_blocage = null, activation_id = (select id from activation where lot_id = carnet.lot_id limit 1) where id = $1`,
    carnet.id,
  )
  await sql(`update convention set lieux_admis = 'tous' where id = $1`, CONVENTION.cv1)
})

test('a code twice in one act', async () => {
  const k = (await handOut(world, 1))[0]!
  const atelierId = await openAtelier(world)
  const queued = await sendQueued(marie, {
    appareilId: await declare(marie),
    atelierId,
    pass: [qrOf(world, k), k.codes[0]!],
    scanneAt: '2026-03-10T08:55:00+01:00',
  })
  expect([queued.statusCode, queued.json().code, queued.json().erreurs[0].chemin]).toEqual([400, 'doublon_dans_la_demande', 'pass.1'])
})

test('the last seat, for two queues at once: one is in, the other is told, both have their outcome', async () => {
  const [a, b] = await handOut(world, 2)
  const atelierId = await openAtelier(world, { capacite: 1 })
  const [phone, tablet] = [await declare(marie), await declare(safia)]
  const answers = await Promise.all([
    sendQueued(marie, { appareilId: phone, atelierId, pass: [a!.codes[0]!], scanneAt: '2026-03-10T08:50:00+01:00' }),
    sendQueued(safia, { appareilId: tablet, atelierId, pass: [b!.codes[0]!], scanneAt: '2026-03-10T08:50:00+01:00' }),
  ])
  expect(answers.map((answer) => answer.json().code ?? answer.statusCode).toSorted((x, y) => String(x).localeCompare(String(y)))).toEqual([
    201,
    'atelier_complet',
  ])
  const outcomes = (await marie.get('/guichet/actes-differes'))
    .json()
    .items.filter((one: { atelierId: string }) => one.atelierId === atelierId)
  expect(outcomes.map(({ code }: { code: string | null }) => code).toSorted()).toEqual(['atelier_complet', null])
})

test.each([
  ['cancelled', { statut: 'annule' }],
  ['held eight days ago', { date: '2026-03-02' }],
  ['of tomorrow', { date: '2026-03-11' }],
] as const)('an atelier %s', async (_, setting) => {
  const k = (await handOut(world, 1))[0]!
  const atelierId = await openAtelier(world, setting)
  const queued = await sendQueued(marie, {
    appareilId: await declare(marie),
    atelierId,
    pass: [k.codes[0]!],
    scanneAt: '2026-03-10T08:55:00+01:00',
  })
  expect([queued.statusCode, queued.json().code]).toEqual([409, 'atelier_non_tenu'])
})

test('an atelier that another structure holds, and one that does not exist: absent, and no outcome', async () => {
  const k = (await handOut(world, 1))[0]!
  const appareilId = await declare(marie)
  const { rows } = await sql('select id from atelier where organisation_id = $1 limit 1', ORG.s2)
  const count = async () => Number((await sql('select count(*) n from acte_differe')).rows[0].n)
  const before = await count()
  for (const atelierId of [rows[0].id as string, crypto.randomUUID()])
    expect(
      (await sendQueued(marie, { appareilId, atelierId, pass: [k.codes[0]!], scanneAt: '2026-03-10T08:55:00+01:00' })).statusCode,
    ).toBe(404)
  expect(await count()).toBe(before)
})

test('a queue met by the throttle waits: no outcome, and the same key is accepted an hour later', async () => {
  const k = (await handOut(world, 1))[0]!
  const [appareilId, atelierId, key] = [await declare(marie), await openAtelier(world), crypto.randomUUID()]
  await sql(
    `insert into essai_code (organisation_id, utilisateur_id, lieu_id, nombre, at) select organisation_id, mediateur_id, lieu_id, 10, $2 from atelier where id = $1`,
    atelierId,
    '2026-03-10T08:30:00+01:00',
  )
  const act = { appareilId, atelierId, pass: [k.codes[0]!], scanneAt: '2026-03-10T08:55:00+01:00', key }
  expect((await sendQueued(marie, act)).statusCode).toBe(429)
  expect((await sql('select count(*)::int n from acte_differe where cle = $1', key)).rows[0].n).toBe(0)
  await sql('delete from essai_code')
  expect((await sendQueued(marie, act)).statusCode).toBe(201)
})
