import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { BENEFICIAIRE } from '../../../../../prisma/seed/base/ids.ts'
import { balances, handOut, openAtelier, tableCounts } from '../../../test/counter.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'
import { openDeps } from '../../platform/process.ts'
import { buildServer } from '../../server.ts'

/** Real rivals: a server of 20 connections, calls sent at once. */
const world = await createWorld()
const wide = await openDeps(world.deps.config, { url: world.urls.appUrl, name: 'race', max: 20 })
let app: FastifyInstance
let cookie: string
/** As the médiateur's screen does: a busy server (a slow machine) is asked again, with the same key. */
const post = async (path: string, payload: object, key: string = randomUUID(), who: string = cookie) => {
  const send = () => app.inject({ method: 'POST', url: `/api${path}`, headers: { cookie: who, 'idempotency-key': key }, payload })
  let answer = await send()
  for (let tries = 0; tries < 20 && (answer.statusCode === 503 || answer.json().code === 'en_cours'); tries++) {
    await new Promise((ok) => setTimeout(ok, 250))
    answer = await send()
  }
  return {
    status: answer.statusCode,
    code: answer.json().code as string | undefined,
    body: answer.body,
    json: answer.json(),
    replayed: answer.headers['idempotency-replayed'],
  }
}
const use = (atelier: string, pass: string[], key?: string) => post(`/ateliers/${atelier}/utilisations`, { pass }, key)
const undo = (acteId: string) => post(`/utilisations/${acteId}/annulation`, { motif: 'Erreur.', redemptionId: null })
const times = <T>(n: number, run: (i: number) => Promise<T>) => Promise.all(Array.from({ length: n }, (_, i) => run(i)))
/** One after the other: they share the migrator's connection. */
const ateliersOf = async (n: number, setting: (i: number) => Parameters<typeof openAtelier>[1] = () => ({})) => {
  const ids: string[] = []
  for (let i = 0; i < n; i++) ids.push(await openAtelier(world, setting(i)))
  return ids
}
const tally = (answers: { status: number; code: string | undefined }[]) => {
  const counts: Record<string, number> = {}
  for (const { status, code } of answers) counts[`${status} ${code ?? ''}`.trim()] = (counts[`${status} ${code ?? ''}`.trim()] ?? 0) + 1
  return counts
}
const count = async (text: string, ...values: unknown[]) => Number((await world.sql.query(text, values)).rows[0].n)
const live = (carnet: bigint) => count(`select count(*) n from redemption where carnet_id = $1 and statut <> 'annulee'`, carnet)

beforeAll(async () => {
  app = await buildServer({ ...wide, clock: world.deps.clock })
  cookie = await world.as('structure.mediateur').cookie()
  // every connection knows its plans before the races begin
  const people = await handOut(world, 20)
  const ateliers = await ateliersOf(20)
  await times(20, (i) => use(ateliers[i]!, [people[i]!.codes[0]!]))
})
afterAll(async () => {
  await assertLedger(world.sql)
  await app.close()
  await wide.close()
  await world.close()
})

test('50 simultaneous redeems of one pass, each with its own key: one success, one live redemption, the money once', async () => {
  const [k] = await handOut(world, 1)
  const ateliers = await ateliersOf(5, () => ({ capacite: 50 }))
  const before = await balances(world)
  const calls = () => count(`select count(*) n from audit_event where action = 'redeemPass'`)
  const journal = await calls()
  const answers = await times(50, (i) => use(ateliers[i % 5]!, [k!.codes[0]!]))
  expect(tally(answers)).toEqual({ 201: 1, '409 deja_utilise': 49 })
  expect(await live(k!.id)).toBe(1)
  const after = await balances(world)
  expect(after.du! - before.du!).toBe(1000)
  expect(after.circulation! - before.circulation!).toBe(-1000)
  expect(await count('select sum(solde_centimes) n from account')).toBe(0)
  expect((await calls()) - journal).toBe(50)
})

test('20 twins of one key: one act, the same status and body for all', async () => {
  const [k] = await handOut(world, 1)
  const atelier = await openAtelier(world)
  const key = randomUUID()
  const answers = await times(20, () => use(atelier, [k!.codes[0]!], key))
  expect([new Set(answers.map(({ status }) => status)), new Set(answers.map(({ body }) => body)).size]).toEqual([new Set([201]), 1])
  expect(answers.filter(({ replayed }) => replayed === 'true')).toHaveLength(19)
  expect(await count('select count(*) n from redemption where atelier_id = $1', atelier)).toBe(1)
  const refusedKey = randomUUID()
  const refused = await times(20, () => use(atelier, [k!.codes[0]!], refusedKey))
  expect([new Set(refused.map(({ status }) => status)), new Set(refused.map(({ body }) => body)).size]).toEqual([new Set([409]), 1])
})

test('20 pass of 20 people in one call, one of them used: nothing is written', async () => {
  const people = await handOut(world, 20)
  await use(await openAtelier(world, { date: '2026-03-09' }), [people[13]!.codes[0]!])
  const atelier = await openAtelier(world)
  const before = await tableCounts(world)
  const answer = await use(
    atelier,
    people.map(({ codes }) => codes[0]!),
  )
  expect([answer.status, answer.code, answer.json.erreurs.map(({ chemin }: { chemin: string }) => chemin)]).toEqual([
    409,
    'deja_utilise',
    ['pass.13'],
  ])
  expect(await tableCounts(world)).toEqual(before)
  const others = people.filter((_, rang) => rang !== 13).map(({ codes }) => codes[0]!)
  expect((await use(atelier, others)).json.montantCentimes).toBe(19_000)
})

test('two pass of one person at a session worth one, at once: one atelier_deja_paye', async () => {
  for (let round = 0; round < 5; round++) {
    const [k] = await handOut(world, 1)
    const atelier = await openAtelier(world)
    const answers = await Promise.all([use(atelier, [k!.codes[0]!]), use(atelier, [k!.codes[1]!])])
    expect(tally(answers)).toEqual({ 201: 1, '409 atelier_deja_paye': 1 })
  }
})

test('two carnets of one person in three ateliers of a half day, at once: two pass at most', async () => {
  const [k, l] = await handOut(world, 2)
  await world.sql.query(
    `with b as (insert into beneficiaire (collectivite_id, id, prescripteur_id, prenom, nom, tranche_age, statut_emploi)
       select collectivite_id, uuidv7(), prescripteur_id, 'Bao', 'Essai', tranche_age, statut_emploi from beneficiaire limit 1 returning collectivite_id, id)
     update carnet set beneficiaire_id = b.id from b where carnet.id = any ($1)`,
    [[k!.id, l!.id]],
  )
  const ateliers = await ateliersOf(6, () => ({ debut: '14:00' }))
  const answers = await times(6, (i) => use(ateliers[i]!, [(i % 2 ? k! : l!).codes[i]!]))
  expect(tally(answers)).toEqual({ 201: 2, '409 trop_de_pass': 4 })
})

test('a pass waits while another carnet of its person is held', async () => {
  const [k, l] = await handOut(world, 2)
  await world.sql.query('update carnet set beneficiaire_id = $1 where id = any ($2)', [BENEFICIAIRE.b1, [k!.id, l!.id]])
  const atelier = await openAtelier(world, { debut: '15:00' })
  const rival = new pg.Client({ connectionString: world.urls.ownerUrl })
  await rival.connect()
  await rival.query('begin')
  await rival.query('select 1 from carnet where id = $1 for no key update', [l!.id])
  let isDone = false
  const pending = use(atelier, [k!.codes[0]!]).finally(() => (isDone = true))
  await new Promise((ok) => setTimeout(ok, 400))
  expect(isDone).toBe(false)
  await rival.query('commit')
  await rival.end()
  expect((await pending).status).toBe(201)
})

test('the last seat, for two people at once', async () => {
  for (let round = 0; round < 5; round++) {
    const [k, l] = await handOut(world, 2)
    const atelier = await openAtelier(world, { capacite: 1 })
    expect(tally(await Promise.all([use(atelier, [k!.codes[0]!]), use(atelier, [l!.codes[0]!])]))).toEqual({
      201: 1,
      '409 atelier_complet': 1,
    })
  }
})

test('12 seats and ten groups of five at once: two groups come in, two seats are left', async () => {
  const people = await handOut(world, 50)
  const atelier = await openAtelier(world, { capacite: 12 })
  const answers = await times(10, (i) =>
    use(
      atelier,
      people.slice(i * 5, i * 5 + 5).map(({ codes }) => codes[0]!),
    ),
  )
  expect(tally(answers)).toEqual({ 201: 2, '409 atelier_complet': 8 })
  expect(await count('select capacite - places_prises n from atelier where id = $1', atelier)).toBe(2)
})

const BLOCK = `update carnet set statut = 'bloque', statut_avant_blocage = 'remis', motif_blocage = 'perdu' where id = $1`

test('a carnet blocked while the call waits for it: carnet_bloque, nothing owed', async () => {
  const [k] = await handOut(world, 1)
  const atelier = await openAtelier(world)
  const rival = new pg.Client({ connectionString: world.urls.ownerUrl })
  await rival.connect()
  await rival.query('begin')
  await rival.query(BLOCK, [k!.id])
  const pending = use(atelier, [k!.codes[0]!])
  await new Promise((ok) => setTimeout(ok, 200))
  await rival.query('commit')
  await rival.end()
  const answer = await pending
  expect([answer.status, answer.code, await live(k!.id)]).toEqual([409, 'carnet_bloque', 0])
})

test('a carnet blocked by its collectivité at the same instant: used before, or refused after, never both', async () => {
  const stock = await handOut(world, 8)
  const atelier = await openAtelier(world)
  const gestionnaire = await world.as('collectivite.gestionnaire').cookie()
  for (const { codes, id, publicId } of stock) {
    const [used, blocked] = await Promise.all([
      use(atelier, [codes[0]!]),
      post(`/carnets/${publicId}/blocage`, { motif: 'perdu', reference: null }, undefined, gestionnaire),
    ])
    expect([blocked.status, blocked.code]).toEqual([200, undefined])
    expect(['201 ', '409 carnet_bloque']).toContain(`${used.status} ${used.code ?? ''}`)
    expect(await live(id)).toBe(used.status === 201 ? 1 : 0)
    expect((await use(atelier, [codes[1]!])).code).toBe('carnet_bloque')
  }
})

test('undo against redeem: the pass is never used twice, never lost', async () => {
  for (let round = 0; round < 5; round++) {
    const [k] = await handOut(world, 1)
    const atelier = await openAtelier(world)
    const { acteId } = (await use(atelier, [k!.codes[0]!])).json
    const [undone, twice, ...rivals] = await Promise.all([
      undo(acteId),
      undo(acteId),
      ...Array.from({ length: 6 }, () => use(atelier, [k!.codes[0]!])),
    ])
    expect(tally([undone, twice])).toEqual({ 200: 1, '409 redemption_statut': 1 })
    const won = rivals.filter(({ status }) => status === 201).length
    expect(won).toBeLessThanOrEqual(1)
    expect(await live(k!.id)).toBe(won)
  }
})

test('a pass taken away behind the carnet’s lock is refused all the same', async () => {
  const [k] = await handOut(world, 1)
  const rival = new pg.Client({ connectionString: world.urls.ownerUrl })
  await rival.connect()
  await rival.query('begin')
  await rival.query(`update pass set statut = 'annule' where id = $1`, [k!.id * 10n])
  const pending = use(await openAtelier(world), [k!.codes[0]!])
  await new Promise((ok) => setTimeout(ok, 200))
  await rival.query('commit')
  const answer = await pending
  expect([answer.status, answer.code, await live(k!.id)]).toEqual([409, 'pass_annule', 0])
  await rival.query(`update pass set statut = 'neuf' where id = $1`, [k!.id * 10n])
  await rival.end()
})

test('overlapping groups in any order from many ateliers, undone at random: no deadlock, no fault, the books agree', async () => {
  const seed = Date.now() % 1_000_000
  let state = seed
  const random = (n: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n
  }
  const people = [...(await handOut(world, 12)), ...(await handOut(world, 4, 't2'))]
  const ateliers = await ateliersOf(12, (i) => ({ capacite: 10, date: `2026-03-0${4 + (i % 6)}`, debut: i % 2 ? '09:00' : '14:00' }))
  const actes: string[] = []
  const answers: Awaited<ReturnType<typeof use>>[] = []
  const group = () => {
    const chosen = new Set(Array.from({ length: 1 + random(3) }, () => random(people.length)))
    return [...chosen].map((person) => people[person]!.codes[random(10)]!)
  }
  for (let wave = 0; wave < 8; wave++) {
    const sent = await times(50, async () => {
      if (actes.length > 0 && random(3) === 0) return undo(actes[random(actes.length)]!)
      return use(ateliers[random(ateliers.length)]!, group())
    })
    actes.push(...sent.filter(({ status }) => status === 201).map(({ json }) => json.acteId as string))
    answers.push(...sent)
  }
  const counts = tally(answers)
  console.log(`redeem-race seed ${seed}`, JSON.stringify(counts))
  expect(Object.keys(counts).filter((key) => !/^(20[01]|409 )/.test(key))).toEqual([])
  expect(counts['201']).toBeGreaterThan(20)
  expect(counts['200']).toBeGreaterThan(5)
  await new Promise((ok) => setTimeout(ok, 1200)) // statistics are told once a second
  expect(await count('select deadlocks n from pg_stat_database where datname = current_database()')).toBe(0)
  await assertLedger(world.sql)
})
