import { financementRoutes } from '@pass/contracts/financement.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { drawAppel, exportAppel, exportPreuves } from './appel-files.ts'
import { getAppel, listAppels } from './appel-queries.ts'
import { receiveAppel, refuseAppel, sendAppel } from './move-appel.ts'
import { listParts } from './parts.ts'
import { prepareAppel } from './prepare-appel.ts'
import { recordAvance } from './record-avance.ts'
import { listFinancements } from './situations.ts'

export const financement = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, financementRoutes, {
    listFinancements: (ctx, { query }) => listFinancements(ctx, query),
    listParts: (ctx, { params, query }) => listParts(ctx, { ...params, ...query }),
    recordAvance: (ctx, { params, body }) => recordAvance(ctx, { ...params, ...body }),
    listAppels: (ctx, { query }) => listAppels(ctx, query),
    getAppel: (ctx, { params }) => getAppel(ctx, params),
    prepareAppel: (ctx, { body }) => prepareAppel(ctx, body),
    sendAppel: (ctx, { params }) => sendAppel(ctx, params),
    receiveAppel: (ctx, { params, body }) => receiveAppel(ctx, { ...params, ...body }),
    refuseAppel: (ctx, { params, body }) => refuseAppel(ctx, { ...params, ...body }),
    drawAppel: (ctx, { params }) => drawAppel(ctx, params),
    exportAppel: (ctx, { params }) => exportAppel(ctx, params),
    exportPreuves: (ctx, { params }) => exportPreuves(ctx, params),
  })
