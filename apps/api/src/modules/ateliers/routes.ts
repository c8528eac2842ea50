import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { cancelAtelier } from './cancel-atelier.ts'
import { redeemPass, undoRedemption, verifyPass } from './counter.ts'
import { getAtelier, listAteliers } from './queries.ts'
import { recordAttendance } from './record-attendance.ts'
import { scheduleAtelier } from './schedule-atelier.ts'

export const ateliers = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, atelierRoutes, {
    listAteliers: (ctx, { query }) => listAteliers(ctx, query),
    getAtelier: (ctx, { params }) => getAtelier(ctx, params),
    scheduleAtelier: (ctx, { body }) => scheduleAtelier(ctx, body),
    cancelAtelier: (ctx, { params, body }) => cancelAtelier(ctx, { ...params, ...body }),
    recordAttendance: (ctx, { params, body }) => recordAttendance(ctx, { ...params, ...body }),
    verifyPass: (call, { params, body }) => verifyPass(call, deps.secrets, { ...params, ...body }),
    redeemPass: (call, { params, body }) => redeemPass(call, deps.secrets, { ...params, ...body }),
    undoRedemption: (call, { params, body }) => undoRedemption(call, { ...params, ...body }),
  })
