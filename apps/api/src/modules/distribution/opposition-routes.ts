import { oppositionRoutes } from '@pass/contracts/oppositions.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { getAnnulation, listAnnulations } from './annulations.ts'
import { askAnnulation } from './ask-annulation.ts'
import { blockPlages } from './block-plages.ts'
import { decideAnnulation } from './decide-annulation.ts'
import { viewPlages } from './plages.ts'
import { unblockPlages } from './unblock-plages.ts'

export const oppositions = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, oppositionRoutes, {
    viewPlages: (ctx, { body }) => viewPlages(ctx, body.plages),
    blockPlages: (ctx, { body }) => blockPlages(ctx, body),
    unblockPlages: (ctx, { body }) => unblockPlages(ctx, body),
    listAnnulations: (ctx, { query }) => listAnnulations(ctx, query),
    getAnnulation: (ctx, { params }) => getAnnulation(ctx, params),
    askAnnulation: (ctx, { body }) => askAnnulation(ctx, body),
    decideAnnulation: (ctx, { params, body }) => decideAnnulation(ctx, { ...params, ...body }),
  })
