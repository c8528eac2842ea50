import { randomUUID } from 'node:crypto'
import type { Route } from '@pass/contracts/route.ts'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Deps } from './platform/deps.ts'
import { refuseBadUrl } from './platform/bad-url.ts'
import { health } from './platform/health.ts'
import type { Module } from './platform/module.ts'
import { document } from './platform/openapi.ts'
import { answerErrors } from './platform/request-errors.ts'
import { secure } from './platform/security.ts'
import { serveApps } from './platform/static.ts'
import { MODULES } from './registry.ts'

const BODY_LIMIT = 64 * 1024
const BODY_TIMEOUT_MS = 10_000
/** A scan over a slow network takes its time. */
const UPLOAD_TIMEOUT_MS = 120_000

type Options = { modules?: readonly Module[]; logger?: FastifyBaseLogger | boolean | { level: string }; bodyTimeout?: number }

const hasBody = ({ headers }: FastifyRequest) => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** A body arrives within ten seconds, or its connection ends: only files may take longer. */
const cutSlowBodies = (app: FastifyInstance, bodyTimeout: number) =>
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.route?.kind === 'upload' || !hasBody(request)) return
    const timer = setTimeout(() => request.raw.destroy(), bodyTimeout)
    for (const event of ['end', 'close']) request.raw.once(event, () => clearTimeout(timer))
  })

/** The whole server: limits, headers, error answers, every module below `/api`, the documentation, the built apps. */
export const buildServer = async (
  deps: Deps,
  { modules = MODULES, logger = false, bodyTimeout = BODY_TIMEOUT_MS }: Options = {},
): Promise<FastifyInstance> => {
  const app = fastify({
    ...(typeof logger === 'object' && 'info' in logger ? { loggerInstance: logger } : { logger }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => refuseBadUrl(error, request as FastifyRequest, reply as unknown as FastifyReply),
  })
  // the door validates and renders by itself: here schemas are documentation
  app.setValidatorCompiler(() => (value) => ({ value }))
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  app.decorateRequest('identity', null)
  app.decorateRequest('now')
  app.addHook('onRequest', async (request) => void (request.now = deps.clock()))
  cutSlowBodies(app, bodyTimeout)
  secure(app, deps.config)
  answerErrors(app, deps)
  const routes: Record<string, Route> = Object.assign({}, ...modules.map((module) => module.routes))
  await document(app, routes)
  for (const { bind } of modules) await app.register(async (api) => bind(api, deps), { prefix: '/api' })
  health(app, deps.pool)
  await serveApps(app, deps.config.appsDir)
  return app
}
