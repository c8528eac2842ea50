import { carnetRoutes } from '@pass/contracts/carnets.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { acknowledgeAttribution } from './acknowledge-attribution.ts'
import { allocateCarnets } from './allocate-carnets.ts'
import { blockCarnet } from './block-carnet.ts'
import { getStock } from './get-stock.ts'
import { listAttributions } from './attribution-queries.ts'
import { findCarnet, getCarnet, listCarnets } from './queries.ts'
import { unblockCarnet } from './unblock-carnet.ts'

export const distribution = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, carnetRoutes, {
    listCarnets: (ctx, { query }) => listCarnets(ctx, query),
    getCarnet: (ctx, { params }) => getCarnet(ctx, params),
    findCarnet: (ctx, { query }) => findCarnet(ctx, query),
    blockCarnet: (ctx, { params, body }) => blockCarnet(ctx, { ...params, ...body }),
    unblockCarnet: (ctx, { params }) => unblockCarnet(ctx, params),
    listAttributions: (ctx, { query }) => listAttributions(ctx, query),
    allocateCarnets: (ctx, { body }) => allocateCarnets(ctx, body),
    acknowledgeAttribution: (ctx, { params }) => acknowledgeAttribution(ctx, params),
    getStock,
  })
