import { productionRoutes } from '@pass/contracts/production.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { askImpression } from './ask-impression.ts'
import { drawLabels } from './draw-labels.ts'
import { drawMaquette } from './draw-maquette.ts'
import { dressMaquette } from './dress-maquette.ts'
import { packLot } from './pack-lot.ts'
import { getProduction } from './production-queries.ts'
import { answerReclamation } from './reclamations.ts'
import { takeImpression } from './take-impression.ts'

export const production = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, productionRoutes, {
    getProduction: (ctx, { params }) => getProduction(ctx, params),
    dressMaquette: (ctx, { params, body }) => dressMaquette(ctx, { ...params, ...body }),
    drawMaquette: (ctx, { params }) => drawMaquette(ctx, params),
    askImpression: (ctx, { params, body }) => askImpression(ctx, { ...params, ...body }),
    takeImpression: (ctx, { params }) => takeImpression(ctx, { ...params, deps }),
    packLot: (ctx, { params, body }) => packLot(ctx, { ...params, ...body }),
    drawLabels: (ctx, { params }) => drawLabels(ctx, params),
    answerReclamation: (ctx, { params, body }) => answerReclamation(ctx, { ...params, ...body }),
  })
