import type { FileAnswer, Input, Output, Route } from '@pass/contracts/route.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { hashOf, identifiersIn, keyOf } from './call.ts'
import type { Ctx, PublicCtx } from './context.ts'
import type { Deps } from './deps.ts'
import { type Answer, type Call, PUBLIC_ENTRY, read, write } from './door.ts'
import { sendFile } from './files.ts'
import { admit, momentOf, type RouteConfig } from './gate.ts'
import { schemaOf } from './openapi.ts'
import { type ParsedInput, parserOf } from './parse.ts'
import { openSessionCall, type SessionCall } from './session-call.ts'
import { openStatementCall, type StatementAnswer, type StatementCall } from './statement.ts'
import { keepSummary } from './summaries.ts'
import { receiveUploads } from './upload.ts'

/** What answers a route, by its kind: a use-case or query, a statement (verify, redeem, undo), or a session act. */
export type Handler<R extends Route> = R extends { effect: 'session' }
  ? (call: SessionCall, input: Input<R>) => Promise<Output<R>>
  : R extends { mode: 'statement' }
    ? (call: StatementCall, input: Input<R>) => Promise<StatementAnswer>
    : R extends { droit: 'public' }
      ? (ctx: PublicCtx, input: Input<R>) => Promise<Output<R>>
      : (ctx: Ctx, input: Input<R>) => Promise<Output<R>>

/** One function a route: it does not compile while one is missing. */
export type Handlers<T extends Record<string, Route>> = { [K in keyof T]: Handler<T[K]> }

type AnyHandler = (first: unknown, input: unknown) => Promise<unknown>
type Served = { name: string; route: Route; deps: Deps; handle: AnyHandler; parse: ReturnType<typeof parserOf> }
type Serve = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

const PROBLEM = 'application/problem+json; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'

const render = ({ name, route }: Served, output: unknown): string => {
  if (route.kind === 'file') return ''
  const checked = route.response.safeParse(output)
  if (!checked.success) throw new Error(`${name} answers another shape than its contract: ${checked.error.message}`)
  return JSON.stringify(checked.data)
}

const send = (reply: FastifyReply, { status, body, replayed }: Omit<Answer<unknown>, 'output'>) => {
  if (replayed) reply.header('Idempotency-Replayed', 'true')
  return reply
    .code(status)
    .type(status < 400 ? JSON_TYPE : PROBLEM)
    .send(body)
}

const inputOf = ({ parse }: Served, { params, query, body }: FastifyRequest): ParsedInput => parse({ params, query, body })

/** GET and the like: nothing is written, the answer may leave at once. */
const serveRead =
  (served: Served): Serve =>
  async (request, reply) => {
    const { deps, route, handle } = served
    const input = inputOf(served, request)
    const { actor, entry } = request.identity ?? { actor: undefined, entry: PUBLIC_ENTRY }
    const output = await read(deps.db, entry ?? PUBLIC_ENTRY, (db) => handle({ db, actor, ...momentOf(request) }, input))
    return route.kind === 'file'
      ? sendFile(reply, output as FileAnswer)
      : send(reply, { status: route.status ?? 200, body: render(served, output), replayed: false })
  }

/** Writes and journaled reads: the answer leaves after the commit. */
const serveWrite =
  (served: Served): Serve =>
  async (request, reply) => {
    const { deps, name, route, handle } = served
    const { actor, entry, consultationId } = request.identity!
    const input = inputOf(served, request)
    const call: Call<unknown> = {
      route: name,
      key: route.effect === 'write' ? keyOf(request) : null,
      hash: hashOf(deps.secrets, input),
      status: route.status ?? 200,
      requestId: request.id,
      render: (output) => render(served, output),
      // a look of the assistance is said as one
      objet: (output) => ({ ...identifiersIn(input.params, input.query, input.body, output), ...(consultationId && { consultationId }) }),
      log: (error) => request.log.error(error),
    }
    const answer = await write(deps.db, entry!, call, (db) => handle({ db, actor, ...momentOf(request) }, input))
    return route.kind === 'file' && answer.status < 400 ? sendFile(reply, answer.output as FileAnswer) : send(reply, answer)
  }

/** One named SQL function decides everything; its answer is sent as it is, a refusal completed into a problem. */
const serveStatement =
  (served: Served): Serve =>
  async (request, reply) => {
    const { deps, name, route, handle } = served
    const input = inputOf(served, request)
    const key = route.effect === 'write' ? keyOf(request) : null
    const call = openStatementCall(deps, request, { name, droit: route.droit, key, hash: hashOf(deps.secrets, input) })
    const { statut, reponse, replayed } = (await handle(call, input)) as StatementAnswer
    return send(reply, { status: statut, body: reponse, replayed })
  }

const serveSession =
  (served: Served): Serve =>
  async (request, reply) => {
    const output = await served.handle(openSessionCall(request, reply), inputOf(served, request))
    if (served.route.kind === 'redirect') return reply.redirect((output as { vers: string }).vers, 303)
    return send(reply, { status: served.route.status ?? 200, body: render(served, output), replayed: false })
  }

const serveOf = (served: Served): Serve => {
  const { name, route } = served
  if (route.effect === 'session') return serveSession(served)
  if (route.kind === 'redirect') throw new Error(`${name}: only a session act sends a browser elsewhere`)
  if (route.mode === 'statement') return serveStatement(served)
  if (route.effect === 'read') return serveRead(served)
  if (route.droit === 'public') throw new Error(`${name}: a public route only reads`)
  if (route.kind === 'file' && route.effect === 'write')
    throw new Error(`${name}: an answer kept under a key is JSON; give the file by a read`)
  return serveWrite(served)
}

/**
 * Binds a route table to its functions. In this order, for every route: who (401), droit (403), form (400), then the
 * handler inside the door's transaction (404, 409). Demonstration routes exist in the demonstration only.
 */
export const implement = <T extends Record<string, Route>>(app: FastifyInstance, deps: Deps, table: T, handlers: Handlers<T>): void => {
  for (const [name, route] of Object.entries<Route>(table)) {
    keepSummary(name, route.summary)
    if (route.demo && !deps.config.demo) continue
    const served: Served = { name, route, deps, handle: handlers[name] as unknown as AnyHandler, parse: parserOf(name, route) }
    const config: RouteConfig = { name, route }
    const options: RouteOptions = {
      method: route.method,
      url: route.path,
      config,
      schema: schemaOf(name, route),
      onRequest: async (request) => {
        // a statement opens the session by itself, in the same call
        if (route.mode !== 'statement') await admit(deps, request, name, route)
      },
      handler: serveOf(served),
    }
    if (route.kind === 'upload')
      void app.register(async (scope) => {
        receiveUploads(scope, route)
        scope.route(options)
      })
    else app.route(options)
  }
}
