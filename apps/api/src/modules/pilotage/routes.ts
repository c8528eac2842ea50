import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { getEntonnoir, listTerritoires } from './queries.ts'

export const pilotage = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, pilotageRoutes, {
    getEntonnoir: (ctx, { query }) => getEntonnoir(ctx, query),
    listTerritoires: (ctx) => listTerritoires(ctx),
  })
