import { lieuRoutes } from '@pass/contracts/lieux.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { getLieu, listLieux, listMesLieux } from './queries.ts'

export const lieux = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, lieuRoutes, {
    listLieux: (ctx, { query }) => listLieux(ctx, query),
    getLieu: (ctx, { params }) => getLieu(ctx, params),
    listMesLieux: (ctx) => listMesLieux(ctx),
  })
