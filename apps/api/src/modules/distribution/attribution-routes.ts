import { attributionRoutes } from '@pass/contracts/attributions.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { allowTransfers, listTransferRules } from '../conventions/public.ts'
import { allocateRanges } from './allocate-carnets.ts'
import { getAttribution } from './attribution-queries.ts'
import { cancelAttribution } from './cancel-attribution.ts'
import { drawAttribution } from './draw-attribution.ts'
import { exportAttributions } from './export-attributions.ts'
import { listPoints } from './list-points.ts'
import { transferCarnets } from './transfer-carnets.ts'

export const attributions = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, attributionRoutes, {
    getAttribution: (ctx, { params }) => getAttribution(ctx, params),
    drawAttribution: (ctx, { params }) => drawAttribution(ctx, params),
    exportAttributions: (ctx, { query }) => exportAttributions(ctx, query),
    allocateRanges: (ctx, { body }) => allocateRanges(ctx, body),
    transferCarnets: (ctx, { body }) => transferCarnets(ctx, body),
    cancelAttribution: (ctx, { params }) => cancelAttribution(ctx, params),
    listPoints,
    listTransferRules,
    allowTransfers: (ctx, { params, body }) => allowTransfers(ctx, { ...params, ...body }),
  })
