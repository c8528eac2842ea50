import { avoirRoutes } from '@pass/contracts/avoirs.ts'
import { echeanceRoutes } from '@pass/contracts/echeances.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { acknowledgeEcheance } from './acknowledge-echeance.ts'
import { listAvoirs } from './avoir-queries.ts'
import { closeLot } from './close-lot.ts'
import { creditRetenues } from './credit-retenues.ts'
import { drawAvoirLot, drawAvoirRetenues, drawReleve } from './draw-documents.ts'
import { establishReleve } from './establish-releve.ts'
import { overrideDistribution } from './override-distribution.ts'
import { getEcheance, listEcheances } from './queries.ts'

export const echeances = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, echeanceRoutes, {
    listEcheances: (ctx, { query }) => listEcheances(ctx, query),
    getEcheance: (ctx, { params }) => getEcheance(ctx, params),
    acknowledgeEcheance: (ctx, { params, body }) => acknowledgeEcheance(ctx, { ...params, ...body }),
    overrideDistribution: (ctx, { params, body }) => overrideDistribution(ctx, { ...params, ...body }),
    establishReleve: (ctx, { params }) => establishReleve(ctx, params),
    drawReleve: (ctx, { params }) => drawReleve(ctx, params),
    closeLot: (ctx, { params }) => closeLot(ctx, params),
    drawAvoirLot: (ctx, { params }) => drawAvoirLot(ctx, params),
  })

export const avoirs = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, avoirRoutes, {
    listAvoirs: (ctx, { params }) => listAvoirs(ctx, params),
    creditRetenues: (ctx, { params }) => creditRetenues(ctx, params),
    drawAvoirRetenues: (ctx, { params }) => drawAvoirRetenues(ctx, params),
  })
