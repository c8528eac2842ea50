import { afterAll, beforeAll, expect, test } from 'vitest'
import { newAccount } from '../../../test/accounts.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { hashToken } from './tokens.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const GUESSES = 1000
const MOT_DE_PASSE = 'orage velours 73 tabouret'

/** mulberry32: the same sequence at every run. */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

/**
 * Seconds between two guesses, tens of seconds: the waits of 1, 2, 4 … 60 never end near one, so that what the machine itself takes
 * between two statements changes no answer.
 */
const pausesOf = (seed: number) => {
  const random = randomOf(seed)
  return Array.from({ length: GUESSES }, () => 10 * Math.floor(random() * 4))
}

type Answer = { status: number; body: string; retryAfter: number }
type Tried = { counted: boolean; answer: Answer }

/** Instead of waiting: since the last attempt that counted, this many seconds went by. */
const letPass = (cle: Buffer, seconds: number) =>
  world.sql.query('update door.tentative set derniere_at = clock_timestamp() - make_interval(secs => $2) where cle = $1', [cle, seconds])

/** One guess after another on one account, at these pauses. */
const guesser = (
  cle: Buffer,
  send: (n: number) => Promise<{ statusCode: number; headers: Record<string, unknown>; json: () => Record<string, unknown> }>,
) => {
  let since = 0
  return async (n: number, pause: number): Promise<Tried> => {
    since += pause
    await letPass(cle, since)
    const response = await send(n)
    const { requestId: _, ...body } = response.json()
    const counted = response.statusCode !== 429
    if (counted) since = 0
    return {
      counted,
      answer: { status: response.statusCode, body: JSON.stringify(body), retryAfter: Number(response.headers['retry-after'] ?? 0) },
    }
  }
}

type Run = { path: string; key: (courriel: string) => string; body: (courriel: string, n: number) => object }

/** The same guesses on an account and on nobody's address, one after the other. */
const play = async ({ path, key, body }: Run, seed: number) => {
  const known = await newAccount(world, { motDePasse: MOT_DE_PASSE, totp: true })
  const unknown = known.courriel.replace('nina', 'nino')
  const of = (courriel: string) => guesser(hashToken(key(courriel)), (n) => world.anonymous().post(path, body(courriel, n)))
  const [onKnown, onUnknown] = [of(known.courriel), of(unknown)]
  const tried: [Tried, Tried][] = []
  for (const [n, pause] of pausesOf(seed).entries()) tried.push([await onKnown(n, pause), await onUnknown(n, pause)])
  const differ = tried.filter(([a, b]) => JSON.stringify(a.answer) !== JSON.stringify(b.answer))
  const counted = tried.filter(([a]) => a.counted).length
  const longest = Math.max(...tried.map(([a]) => a.answer.retryAfter))
  const statuses = [...new Set(tried.flat().map(({ answer }) => answer.status))].toSorted((a, b) => a - b)
  console.log(
    `${path}: ${GUESSES} guesses on each, ${counted} counted, ${GUESSES - counted} answered 429, longest wait ${longest} s, ${differ.length} differ`,
  )
  return { known, tried, differ, counted, longest, statuses }
}

/** What the rule lets through at these pauses, computed apart: three at once, then 1, 2, 4 … 60 seconds after the last that counted. */
const expectedCount = (seed: number) => {
  let [failures, since, counted] = [0, 0, 0]
  for (const pause of pausesOf(seed)) {
    since += pause
    if (failures >= 3 && since < Math.min(2 ** (failures - 3), 60)) continue
    failures++
    counted++
    since = 0
  }
  return counted
}

test(
  '1 000 guesses of a password: most are not even looked at, and nothing tells a known account from nobody’s',
  { timeout: 240_000 },
  async () => {
    const seed = 3
    const { known, differ, counted, longest, statuses } = await play(
      {
        path: '/session',
        key: (courriel) => `mot_de_passe:${courriel}`,
        body: (courriel, n) => ({ courriel, motDePasse: `essai numero ${n}` }),
      },
      seed,
    )
    expect(differ).toEqual([])
    expect(statuses).toEqual([401, 429])
    expect(counted).toBe(expectedCount(seed))
    expect(counted).toBeLessThan(GUESSES / 3)
    expect(longest).toBe(60)
    // slowed down, never locked out: a minute later the right one opens
    const cle = hashToken(`mot_de_passe:${known.courriel}`)
    const signIn = () => world.anonymous().post('/session', { courriel: known.courriel, motDePasse: MOT_DE_PASSE })
    await letPass(cle, 0)
    expect((await signIn()).statusCode).toBe(429)
    await letPass(cle, 60)
    expect((await signIn()).statusCode).toBe(201)
    expect((await world.sql.query('select count(*)::int as n from door.tentative where cle = $1', [cle])).rows[0].n).toBe(0)
  },
)

test.each([
  ['links', '/session/lien', 'lien', 'lien_connexion', 4],
  ['recoveries', '/session/recuperation', 'recuperation', 'recuperation_confirmer', 5],
])(
  '1 000 requests of %s: few mails leave, and nothing tells a known account from nobody’s',
  { timeout: 240_000 },
  async (_, path, nature, modele, seed) => {
    const { known, differ, counted, longest, statuses } = await play(
      { path, key: (courriel) => `${nature}:${courriel}`, body: (courriel) => ({ courriel }) },
      seed,
    )
    expect(differ).toEqual([])
    expect(statuses).toEqual([202, 429])
    expect(counted).toBe(expectedCount(seed))
    expect(longest).toBe(60)
    const { rows } = await world.sql.query(
      'select adresse = $1 as known, count(*)::int as n from door.courriel where modele = $2 group by 1',
      [known.courriel, modele],
    )
    // five an hour, whatever the delay let through
    expect(rows).toEqual([{ known: true, n: 5 }])
  },
)

test('a burst is worth no more than a series', async () => {
  const known = await newAccount(world, { motDePasse: MOT_DE_PASSE })
  for (const courriel of [known.courriel, known.courriel.replace('nina', 'nino')]) {
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, n) => world.anonymous().post('/session', { courriel, motDePasse: `essai numero ${n}` })),
    )
    // a fourth may pass when the machine takes a second for forty answers
    const looked = all.filter(({ statusCode }) => statusCode === 401).length
    expect(all.every(({ statusCode }) => [401, 429].includes(statusCode))).toBe(true)
    expect(looked).toBeGreaterThanOrEqual(3)
    expect(looked).toBeLessThanOrEqual(6)
  }
})
