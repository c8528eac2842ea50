import { type Droit, rolesWith } from '@pass/domain/droits.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { FastifyRequest } from 'fastify'
import { hashToken } from './auth/tokens.ts'
import type { Deps } from './deps.ts'
import { retrying } from './door.ts'
import { Refused, Unauthenticated } from './errors.ts'
import { isLockTimeout } from './faults.ts'
import { askedBy, momentOf } from './gate.ts'
import { completeProblem } from './problem.ts'

/** What a SQL function of the statement mode answers: the status, the body as text, and whether it was kept. */
export type StatementAnswer = { statut: number; reponse: string; replayed: boolean }
export type Statement = { name: string; text: string; values: unknown[] }
/**
 * Turns what the function wrote (codes and figures) into what is sent (sentences, printed numbers). It depends on nothing else,
 * so that a replay is the same to the byte.
 */
export type Finish = (statut: number, said: Record<string, unknown>) => Record<string, unknown>

/**
 * What a statement-mode handler gets instead of a context: the SQL function opens the session itself from `tokenHash`,
 * compares `roles` and answers 401 and 403 before anything else.
 */
export type StatementCall = {
  route: string
  tokenHash: Buffer
  /** The adhesion that the tab believes in, or null. */
  adhesionId: string | null
  /** The roles that hold the droit. */
  roles: readonly string[]
  /** Null on a journaled read. */
  key: string | null
  hash: Buffer
  requestId: string
  now: Date
  today: string
  /** Runs the function by a named statement on the shared pool: one round trip, nothing left open if the process dies. */
  query: (statement: Statement, finish?: Finish) => Promise<StatementAnswer>
}

/** Before another try is worth it, when the function says that there were too many. */
const THROTTLE_SECONDS = 600

const ofKey = (error: unknown) => error instanceof Error && 'where' in error && String(error.where).includes('pg_advisory_xact_lock')

const queryOn =
  (deps: Deps, requestId: string) =>
  async (statement: Statement, finish?: Finish): Promise<StatementAnswer> => {
    try {
      const { rows } = await retrying(() => deps.pool.query<StatementAnswer>(statement))
      const answer = rows[0]!
      const { statut } = answer
      if (statut === 401) throw new Unauthenticated()
      if (statut === 429) throw new Refused(refuse('trop_de_demandes'), 429, THROTTLE_SECONDS)
      const reponse = finish ? JSON.stringify(finish(statut, JSON.parse(answer.reponse))) : answer.reponse
      return { ...answer, reponse: statut < 400 ? reponse : completeProblem(statut, reponse, requestId) }
    } catch (error) {
      // the key's twin is still running; any other lock is 503
      if (isLockTimeout(error) && ofKey(error)) throw new Refused(refuse('en_cours'), 409, 1)
      throw error
    }
  }

type Opening = { name: string; droit: Droit | 'public'; key: string | null; hash: Buffer }

export const openStatementCall = (deps: Deps, request: FastifyRequest, { name, droit, key, hash }: Opening): StatementCall => {
  const { token, adhesionId } = askedBy(request)
  if (token === undefined) throw new Unauthenticated()
  if (droit === 'public') throw new Error(`${name}: a statement belongs to someone`)
  const roles = rolesWith(droit)
  return { route: name, tokenHash: hashToken(token), adhesionId, roles, key, hash, ...momentOf(request), query: queryOn(deps, request.id) }
}
