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
const REQUEST_TIMEOUT_MS = 10_000

type Options = { modules?: readonly Module[]; logger?: FastifyBaseLogger | boolean | { level: string } }

/** The whole server: limits, headers, error answers, every module below `/api`, the documentation, the built apps. */
export const buildServer = async (deps: Deps, { modules = MODULES, logger = false }: Options = {}): Promise<FastifyInstance> => {
  const app = fastify({
    ...(typeof logger === 'object' && 'info' in logger ? { loggerInstance: logger } : { logger }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
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
  secure(app, deps.config)
  answerErrors(app, deps)
  const routes: Record<string, Route> = Object.assign({}, ...modules.map((module) => module.routes))
  await document(app, routes)
  for (const { bind } of modules) await app.register(async (api) => bind(api, deps), { prefix: '/api' })
  health(app, deps.pool)
  await serveApps(app, deps.config.appsDir)
  return app
}
