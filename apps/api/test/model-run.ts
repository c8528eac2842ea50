import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isNightly, seedOfRun } from '../../../tools/nightly.mjs'
import { assertLedger } from './ledger.ts'
import { type Gestures, type Kinds, type Step, stepsOf } from './model-steps.ts'
import type { Caller, World } from './world.ts'

/** Sequences of gestures against a server and a plain notebook: what the custody model and the money model share. */
export const RUNS = 100
/** At night twice as long, and ten times over: `npm run nightly -- models`. */
export const LENGTH = isNightly() ? 80 : 40
const SEED = seedOfRun()
/** Runs in which a planted fault is looked for: it stops at the first that finds it. */
const FAULT_RUNS = 100

export type Model<G extends Kinds, B, S> = {
  name: string
  gestures: Gestures<G>
  /** How many gestures in ten are aimed. */
  aimed: number
  /** How often each has to be accepted in all: less, and it was hardly tried. */
  least: number
  aim: (book: B, gesture: G) => G
  newBook: () => B
  open: () => Promise<World>
  prepare: (world: World, book: B) => Promise<S>
  /** Sends the gesture, and writes it in the notebook if the two agree that it is done. */
  play: (scene: S, book: B, gesture: G) => Promise<unknown>
  /** What the server says, in the words of `told`. */
  read: (scene: S) => Promise<unknown>
  told: (book: B) => unknown
  leave?: (scene: S) => Promise<unknown>
  /** Statements that put a fault in the database, by what they do. */
  faults: Record<string, string>
}

/** Not an answer of the rules: a planted fault that only breaks the server is not found. */
const BROKEN = 'broken'

/** The server's answer must be the notebook's: true when the gesture is done. */
export const agree = (gesture: object, answer: Awaited<ReturnType<Caller['post']>>, expected: boolean): boolean => {
  const done = answer.statusCode < 300
  if (answer.statusCode >= 500 || answer.statusCode === 401 || answer.statusCode === 403)
    throw new Error(`${BROKEN} ${JSON.stringify(gesture)}: ${answer.body}`)
  if (done !== expected)
    throw new Error(`${JSON.stringify(gesture)}: ${expected ? 'refused' : 'accepted'} ${answer.statusCode} ${answer.body}`)
  return done
}

const PATIENCE = 5
/** The same server for somebody who sends again what a busy one did not take: a loaded machine is no fault. */
const patient = (world: World): World => ({
  ...world,
  as: (who) => {
    const caller = world.as(who)
    const post: Caller['post'] = async (...sent) => {
      let answer = await caller.post(...sent)
      for (let again = 1; answer.statusCode === 503 && again < PATIENCE; again += 1) answer = await caller.post(...sent)
      return answer
    }
    return { ...caller, post }
  },
})

const sameAsTheBook = async <G extends Kinds, B, S>(model: Model<G, B, S>, world: World, steps: Step<G>[], seen: Map<string, number>) => {
  const book = model.newBook()
  const scene = await model.prepare(world, book)
  for (const { aimed, gesture: drawn } of steps) {
    const gesture = aimed ? model.aim(book, drawn) : drawn
    const before = JSON.stringify(book)
    await model.play(scene, book, gesture)
    if (JSON.stringify(book) === before) continue
    seen.set(gesture.kind, (seen.get(gesture.kind) ?? 0) + 1)
    expect(await model.read(scene)).toEqual(model.told(book))
  }
  expect(await model.read(scene)).toEqual(model.told(book))
  await model.leave?.(scene)
}

const check = <G extends Kinds, B, S>(model: Model<G, B, S>, world: World, runs: number, seen = new Map<string, number>()) =>
  fc.check(
    fc.asyncProperty(stepsOf(model.gestures, { aimed: model.aimed, length: LENGTH }), (steps) => sameAsTheBook(model, world, steps, seen)),
    { numRuns: runs, seed: SEED, endOnFailure: true },
  )

/** Declares the tests of a model: no sequence parts the server from the notebook, every gesture is really tried, a planted fault is found. */
export const testModel = <G extends Kinds, B, S>(model: Model<G, B, S>) => {
  let world: World
  beforeAll(async () => {
    world = patient(await model.open())
  })
  afterAll(() => world.close())

  test(`${RUNS} sequences of ${LENGTH} gestures leave everything as the notebook says`, { timeout: RUNS * 10_000 }, async () => {
    const seen = new Map<string, number>()
    const details = await check(model, world, RUNS, seen)
    const counts = model.gestures.map(({ name }) => [name, seen.get(name) ?? 0] as const)
    console.log(`${model.name} seed=${SEED} gestures accepted ${JSON.stringify(Object.fromEntries(counts))}`)
    expect(details.failed ? `seed=${SEED} ${String(details.errorInstance)} ${JSON.stringify(details.counterexample)}` : '').toBe('')
    await assertLedger(world.sql)
    expect(counts.filter(([, times]) => times < model.least)).toEqual([])
  })

  test.each(Object.keys(model.faults))('planted: %s; it is found', { timeout: 600_000 }, async (fault) => {
    const faulty = patient(await model.open())
    try {
      await faulty.sql.query(model.faults[fault]!)
      const { failed, numRuns, errorInstance } = await check(model, faulty, FAULT_RUNS)
      console.log(`${model.name} seed=${SEED} planted: ${fault}; found in sequence ${numRuns}: ${String(errorInstance).slice(0, 150)}`)
      expect([failed, String(errorInstance)]).toEqual([true, expect.not.stringContaining(BROKEN)])
    } finally {
      await faulty.close()
    }
  })
}
