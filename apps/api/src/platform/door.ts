import { setTimeout as sleep } from 'node:timers/promises'
import { refuse } from '@pass/domain/refusal.ts'
import type { Client, Db } from './db.ts'
import { Refused } from './errors.ts'
import { isLockTimeout, isRetryable } from './faults.ts'
import { failureOf, problemOf } from './problem.ts'

/** What opens a transaction: the database role of the organisation's type, and the context that the database signed. */
export type Entry = { role: string; ctx: string }
/** Whoever is not signed in. */
export const PUBLIC_ENTRY: Entry = { role: 'as_public', ctx: '' }

/** What the door keeps of a call that may write. `key` null: an audit line, nothing to replay (journaled reads, jobs). */
export type Call<T> = {
  route: string
  key: string | null
  hash: Buffer
  status: number
  requestId: string
  /** The answer as text, checked against the contract; runs inside the transaction, so that a wrong shape writes nothing. */
  render: (output: T) => string
  /** The identifiers kept in the journal. */
  objet: (output?: T) => object
  log: (error: unknown) => void
}
export type Answer<T> = { status: number; body: string; replayed: boolean; output?: T }

type Handle<T> = (db: Db) => Promise<T>

const enter = (db: Db, { role, ctx }: Entry) =>
  db.$executeRaw`select set_config('role', ${role}, true), set_config('app.ctx', ${ctx}, true)`

const enterReadOnly = (db: Db, { role, ctx }: Entry) =>
  db.$executeRaw`select set_config('transaction_read_only', 'on', true), set_config('role', ${role}, true), set_config('app.ctx', ${ctx}, true)`

/** Serialization failures and deadlocks: the whole call again, twice, not all at the same instant. */
export const retrying = async <T>(run: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (tries === 2 || !isRetryable(error)) throw error
      await sleep(20 + Math.random() * 80)
    }
  }
}

/** How a read lasts: `snapshot` keeps one state of the base for all its queries, some minutes at most (jobs). */
type Reading = { snapshot?: boolean }
const SNAPSHOT = { isolationLevel: 'RepeatableRead', timeout: 15 * 60_000 } as const

/** A read: one READ ONLY transaction with the role and the signed context; without them row security shows nothing. */
export const read = <T>(db: Client, entry: Entry, handle: Handle<T>, { snapshot = false }: Reading = {}): Promise<T> =>
  retrying(() =>
    db.$transaction(
      async (tx) => {
        await enterReadOnly(tx, entry)
        return handle(tx)
      },
      snapshot ? SNAPSHOT : {},
    ),
  )

type Claim = { issue: 'neuf' | 'rejoue' | 'reutilise'; statut: number; reponse: string }

/** Twins of one key wait here for the first one; beyond the lock timeout they learn that it is still running. */
const claim = async (db: Db, route: string, key: string, hash: Buffer): Promise<Claim> => {
  try {
    const [row] = await db.$queryRaw<Claim[]>`select issue, statut, reponse from door_claim(${route}, ${key}::uuid, ${hash})`
    return row!
  } catch (error) {
    if (isLockTimeout(error)) throw new Refused(refuse('en_cours'), 409, 1)
    throw error
  }
}

type Closing = { status: number; body: string; code: string | null; objet: object }

const close = <T>(db: Db, { route, key, hash, requestId }: Call<T>, { status, body, code, objet }: Closing) =>
  db.$executeRaw`select door_close(${route}, ${key}::uuid, ${hash}, ${status}::int, ${body}, ${JSON.stringify(objet)}::jsonb, ${code}, ${requestId})`

/** The answer of a refusal, as it is stored and sent; anything else is thrown again and undoes the whole transaction. */
const refusalOf = <T>(error: unknown, call: Call<T>): Closing => {
  const { status, refusal, fault } = failureOf(error)
  if (status === 401 || status >= 500) throw error
  if (fault) call.log(error)
  return { status, code: refusal.code, body: JSON.stringify(problemOf(status, refusal, call.requestId)), objet: call.objet() }
}

const once = <T>(db: Client, entry: Entry, call: Call<T>, handle: Handle<T>): Promise<Answer<T>> =>
  db.$transaction(async (tx): Promise<Answer<T>> => {
    await enter(tx, entry)
    if (call.key !== null) {
      const { issue, statut, reponse } = await claim(tx, call.route, call.key, call.hash)
      if (issue === 'rejoue') return { status: statut, body: reponse, replayed: true }
      if (issue === 'reutilise') {
        const refused = refusalOf(new Refused(refuse('cle_reutilisee')), call)
        await close(tx, call, refused)
        return { ...refused, replayed: false }
      }
    }
    await tx.$executeRaw`savepoint handler`
    let output: T
    try {
      output = await handle(tx)
    } catch (error) {
      const refused = refusalOf(error, call)
      await tx.$executeRaw`rollback to savepoint handler`
      await close(tx, call, refused)
      return { status: refused.status, body: refused.body, replayed: false }
    }
    const body = call.render(output)
    await close(tx, call, { status: call.status, body, code: null, objet: call.objet(output) })
    return { status: call.status, body, replayed: false, output }
  })

/**
 * A write: claims the key, runs the handler behind a savepoint, leaves the audit line and the stored answer, all in one
 * transaction. A refusal undoes the handler and is journaled; a fault undoes everything and stores nothing. The answer is
 * for sending after this returns, that is after the commit.
 */
export const write = <T>(db: Client, entry: Entry, call: Call<T>, handle: Handle<T>): Promise<Answer<T>> =>
  retrying(() => once(db, entry, call, handle))
