import { createHash } from 'node:crypto'
import { rolesWith } from '@pass/domain/droits.ts'
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIEU, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import type { StockCarnet } from '../../../../../prisma/seed/base/stock.ts'
import { handOut } from '../../../test/counter.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { lookupOf } from '../../platform/codes.ts'
import { retrying } from '../../platform/door.ts'
import { openDeps } from '../../platform/process.ts'

/**
 * Three devices of three structures empty their queues at once, undo some of it in between, and send twice what they are not sure of.
 * Whatever the interleaving: the ledger is the one of the same acts sent one by one, in the order in which the server took them.
 */
const RUNS = 30
const SEED = Date.now() % 1_000_000
const NOW = '2026-03-10T17:00:00+01:00'
const SCANNED = '2026-03-10T15:00:00+01:00'
const DEVICES = [
  { structure: ORG.s1, lieu: LIEU.l1, person: PEOPLE['structure.mediateur'] },
  { structure: ORG.s2, lieu: LIEU.l2, person: PEOPLE['s2:structure.mediateur'] },
  { structure: ORG.s9, lieu: LIEU.l9, person: PEOPLE['autre:structure.mediateur'] },
] as const
const PERSONNES = 5
const ATELIERS = 2

/** A gesture: pass (person, rank) used at an atelier, or the undo of the last act of its own device that was accepted. */
type Gesture = { kind: 'use'; atelier: number; pass: [number, number][]; twice: boolean } | { kind: 'undo'; twice: boolean }
type Queues = Gesture[][]

const pass = fc.tuple(fc.nat(PERSONNES - 1), fc.nat(2))
const gesture = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('use' as const),
      atelier: fc.nat(ATELIERS - 1),
      pass: fc.uniqueArray(pass, { minLength: 1, maxLength: 3, selector: String }),
      twice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), twice: fc.boolean() }) },
)
const queues: fc.Arbitrary<Queues> = fc.array(fc.array(gesture, { minLength: 1, maxLength: 6 }), { minLength: 3, maxLength: 3 })

const idOf = (...words: unknown[]) => {
  const hex = createHash('sha256').update(words.join('|')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
const hashOf = (...words: unknown[]) => createHash('sha256').update(words.join('|')).digest()

type Scene = { run: number; stock: StockCarnet[] }
type Side = { world: World; pool: pg.Pool; tokens: Buffer[] }
type Answer = { statut: number; reponse: string }

/** Ateliers of one run, small enough to fill up; the same ids on both sides. */
const prepare = async ({ world }: Side, run: number): Promise<Scene> => {
  for (const [rank, { structure, lieu, person }] of DEVICES.entries())
    for (let i = 0; i < ATELIERS; i++)
      await world.sql.query(
        `insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite)
         values ($1, $2, $3, $4, 'demarches_administratives', 'debutant', '2026-03-10', $5, 120, $6)`,
        [structure, idOf('atelier', run, rank, i), lieu, person.utilisateurId, i === 0 ? '14:00' : '14:30', 2 + i],
      )
  return { run, stock: await handOut(world, PERSONNES, run % 2 ? 't1' : 't2') }
}

const rolesOf = { redeem: rolesWith('redemption:create'), undo: rolesWith('redemption:undo') }

const useOf = ({ pool, tokens, world }: Side, { run, stock }: Scene, device: number, rank: number, act: Gesture & { kind: 'use' }) => {
  const lookups = act.pass.map(([who, rang]) => lookupOf(world.deps.secrets, stock[who]!.codes[rang]!))
  const none = act.pass.map(() => null)
  const values = [
    tokens[device],
    '2026-03-10',
    null,
    rolesOf.redeem,
    idOf('cle', run, device, rank),
    hashOf(run, device, rank),
    `${run}-${device}-${rank}`,
    NOW,
  ]
  const what = [idOf('atelier', run, device, act.atelier), none, none, lookups, idOf('appareil', device), SCANNED, 0]
  const text = 'select statut, reponse from redeem($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)'
  return retrying(() => pool.query<Answer>({ name: 'redeem', text, values: [...values, ...what] }))
}

const undoOf = ({ pool, tokens }: Side, { run }: Scene, device: number, rank: number, acte: string) => {
  const values = [
    tokens[device],
    '2026-03-10',
    null,
    rolesOf.undo,
    idOf('undo', run, device, rank),
    hashOf('undo', run, device, rank),
    `${run}-${device}-${rank}`,
    NOW,
    acte,
    null,
    'Erreur.',
  ]
  return retrying(() =>
    pool.query<Answer>({ name: 'undo', text: 'select statut, reponse from undo($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)', values }),
  )
}

/** One device: its gestures in order, each answered before the next is sent; `done` numbers those that reached the server. */
const empty = async (side: Side, scene: Scene, device: number, gestures: readonly Gesture[], rank0 = 0, accepted: string[] = []) => {
  for (const [i, act] of gestures.entries()) {
    const rank = rank0 + i
    const last = accepted.at(-1)
    if (act.kind === 'undo' && last === undefined) continue
    const send = () => (act.kind === 'use' ? useOf(side, scene, device, rank, act) : undoOf(side, scene, device, rank, last!))
    const [answer] = (await Promise.all(act.twice ? [send(), send()] : [send()])).map(({ rows }) => rows[0]!)
    if (answer!.statut === 401 || answer!.statut >= 500) throw new Error(answer!.reponse)
    if (act.kind === 'undo') accepted.pop()
    else if (answer!.statut === 201) accepted.push(JSON.parse(answer!.reponse).acteId)
  }
  return accepted
}

/** The order in which the server took them: each act writes one line of the journal while it holds what it changes. */
const orderOf = async ({ world }: Side, run: number) => {
  const { rows } = await world.sql.query<{ request: string }>(
    `select request_id request from audit_event where request_id like $1 and action in ('redeemPass', 'undoRedemption') order by id`,
    [`${run}-%`],
  )
  return rows.map(({ request }) => request.split('-').slice(1).map(Number) as [number, number])
}

const one = async (sql: pg.Client, text: string, values: unknown[]) => (await sql.query<{ t: string }>(text, values)).rows.map(({ t }) => t)

/** All that a run left, told without the identifiers that differ from one side to the other. */
const ledgerOf = async ({ world: { sql } }: Side, { run, stock }: Scene) => {
  const ateliers = DEVICES.flatMap((_, rank) => Array.from({ length: ATELIERS }, (__, i) => idOf('atelier', run, rank, i)))
  const carnets = stock.map(({ id }) => id)
  const premiere = stock[0]!.serie
  const series = stock.map(({ serie }) => serie)
  return {
    pass: await one(
      sql,
      `select c.serie - $2 || ' ' || p.id % 10 || ' ' || p.statut t from pass p join carnet c on c.id = p.carnet_id where c.id = any ($1) and p.statut <> 'neuf' order by 1`,
      [carnets, premiere],
    ),
    carnets: await one(sql, `select serie - $2 || ' ' || utilises t from carnet where id = any ($1) order by 1`, [carnets, premiere]),
    utilisations: await one(
      sql,
      `select c.serie - $2 || ' ' || r.pass_id % 10 || ' ' || r.atelier_id || ' ' || r.statut || ' ' || r.montant_centimes || ' ' || r.a_examiner t
         from redemption r join carnet c on c.id = r.carnet_id where c.id = any ($1) order by 1`,
      [carnets, premiere],
    ),
    ateliers: await one(sql, `select id || ' ' || statut || ' ' || places_prises t from atelier where id = any ($1) order by 1`, [
      ateliers,
    ]),
    comptes: await one(
      sql,
      `select nature || ' ' || coalesce(structure_id::text, '') || ' ' || convention_id || ' ' || solde_centimes t from account where solde_centimes <> 0 order by 1`,
      [],
    ),
    issues: await one(sql, `select cle || ' ' || coalesce(code, 'accepte') t from acte_differe where atelier_id = any ($1) order by 1`, [
      ateliers,
    ]),
    conflits: await one(
      sql,
      `select role || ' ' || organisation_id || ' ' || atelier_id || ' ' || serie - $2 || ' ' || rang_pass t from conflit where serie = any ($1) order by 1`,
      [series, premiere],
    ),
    alertes: await one(sql, `select organisation_id || ' ' || regle || ' ' || operateur_id || ' ' || nombre t from alerte order by 1`, []),
  }
}

const openSide = async (): Promise<Side & { close: () => Promise<void> }> => {
  const world = await createWorld()
  const wide = await openDeps(world.deps.config, { url: world.urls.appUrl, name: 'queues', max: 8 })
  const tokens: Buffer[] = []
  for (const [rank, { structure, person }] of DEVICES.entries()) {
    const token = (await world.as(person).cookie()).split('=')[1]!
    await world.as(person).get('/session')
    tokens.push(createHash('sha256').update(token).digest())
    await world.sql.query(
      `insert into appareil (organisation_id, id, nom, cree_par, cree_at, vu_at) values ($1, $2, 'Essai', $3, '2026-03-01T09:00:00+01:00', '2026-03-01T09:00:00+01:00')`,
      [structure, idOf('appareil', rank), person.utilisateurId],
    )
  }
  return { world, pool: wide.pool, tokens, close: async () => (await wide.close(), await world.close()) }
}

let together: Awaited<ReturnType<typeof openSide>>
let serial: Awaited<ReturnType<typeof openSide>>
beforeAll(async () => {
  together = await openSide()
  serial = await openSide()
})
afterAll(async () => {
  await together.close()
  await serial.close()
})

test(
  'three queues sent at once end as the same acts sent one by one, in the order of arrival; nothing is lost',
  { timeout: 180_000 },
  async () => {
    let run = 0
    const tally = { actes: 0, valides: 0, refuses: 0, annules: 0, conflits: 0, croisees: 0 }
    await fc.assert(
      fc.asyncProperty(queues, async (all) => {
        run += 1
        const scene = await prepare(together, run)
        await Promise.all(all.map((gestures, device) => empty(together, scene, device, gestures)))
        const order = await orderOf(together, run)
        const copy = await prepare(serial, run)
        const accepted: string[][] = all.map(() => [])
        for (const [device, rank] of order) await empty(serial, copy, device, [all[device]![rank]!], rank, accepted[device])
        const ledger = await ledgerOf(together, scene)
        expect(await ledgerOf(serial, copy)).toEqual(ledger)
        // every queued act has exactly one outcome, and no other act has any
        const keys = all.flatMap((gestures, device) =>
          gestures.flatMap(({ kind }, rank) => (kind === 'use' ? [idOf('cle', run, device, rank)] : [])),
        )
        expect(ledger.issues.map((issue) => issue.split(' ')[0]!)).toEqual(keys.toSorted())
        for (const { world } of [together, serial]) await assertLedger(world.sql)
        tally.actes += keys.length
        tally.valides += ledger.issues.filter((issue) => issue.endsWith('accepte')).length
        tally.refuses += ledger.issues.filter((issue) => !issue.endsWith('accepte')).length
        tally.annules += ledger.utilisations.filter((use) => use.includes('annulee')).length
        tally.conflits += ledger.conflits.length
        const devices = order.map(([device]) => device)
        tally.croisees += Number(devices.some((device, i) => i > 0 && device < devices[i - 1]!))
      }),
      { numRuns: RUNS, seed: SEED },
    )
    console.log(`offline queues: seed ${SEED}, ${run} runs, ${JSON.stringify(tally)}`)
    expect(tally.croisees).toBeGreaterThan(RUNS / 3)
    expect(tally.conflits).toBeGreaterThan(10)
  },
)
