import type { FastifyInstance, FastifyRequest } from 'fastify'
import { identifiersIn } from './call.ts'
import type { Deps } from './deps.ts'
import { NotFound } from './errors.ts'
import { sqlState } from './faults.ts'
import { admit } from './gate.ts'
import { type Failure, failureOf, problemOf } from './problem.ts'
import { tooHeavy } from './upload.ts'

/** An error for the log: where, never the driver's text, which quotes values (names, addresses). */
const told = (error: unknown) => {
  if (!(error instanceof Error)) return { name: typeof error }
  const state = sqlState(error)
  const code = 'code' in error ? String(error.code) : undefined
  const isOurs = state === undefined && !/^P\d{4}$/.test(code ?? '') && !error.name.startsWith('Prisma')
  const stack = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { name: error.name, code, state, ...(isOurs && { message: error.message }), stack: stack?.slice(0, 12).join('\n') }
}

/** Attempts turned down before the door opened a transaction: 400, 403 and 429 of whoever is known, on anything but a plain read. */
const journal = async ({ pool }: Deps, request: FastifyRequest, { status, refusal }: Failure) => {
  const { name, route } = request.routeOptions.config
  const ctx = request.identity?.entry?.ctx
  const isKept = status === 403 || ((status === 400 || status === 429) && route?.effect !== 'read')
  if (!name || !ctx || !isKept) return
  const consultationId = request.identity?.consultationId
  const objet = JSON.stringify({ ...identifiersIn(request.params, request.body), ...(consultationId && { consultationId }) })
  const statement = {
    name: 'door_journal',
    text: 'select door_journal($1, $2, $3, $4, $5, $6)',
    values: [ctx, name, objet, status, refusal.code, request.id],
  }
  await pool.query(statement).catch((error: unknown) => request.log.error(told(error), 'journal'))
}

/** A statement opens its session by itself: when the form is wrong before it ran, who and droit still come first. */
const settle = async (deps: Deps, request: FastifyRequest, error: unknown): Promise<unknown> => {
  const { name, route } = request.routeOptions.config
  if (!name || route?.mode !== 'statement' || request.identity || failureOf(error).status !== 400) return error
  return admit(deps, request, name, route).then(
    () => error,
    (first: unknown) => first,
  )
}

const logged = (request: FastifyRequest, error: unknown, { status, refusal, fault }: Failure) => {
  const where = { requestId: request.id, route: request.routeOptions.config.name, code: refusal.code }
  if (fault || status >= 500) request.log.error({ ...where, error: told(error) }, 'faute')
  else if (status === 401) request.log.info(where, 'securite')
}

/** Every failed call as problem+json. */
export const answerErrors = (app: FastifyInstance, deps: Deps): void => {
  app.setErrorHandler(async (thrown, request, reply) => {
    const error = await settle(deps, request, tooHeavy(request.routeOptions.config.route, thrown))
    const failure = failureOf(error)
    logged(request, error, failure)
    await journal(deps, request, failure)
    if (failure.retryAfter !== undefined) reply.header('Retry-After', String(failure.retryAfter))
    return reply
      .code(failure.status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(failure.status, failure.refusal, request.id)))
  })
  app.setNotFoundHandler((request, reply) => {
    const { status, refusal } = failureOf(new NotFound())
    return reply
      .code(status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(status, refusal, request.id)))
  })
}
