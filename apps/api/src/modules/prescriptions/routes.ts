import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { handOverCarnet } from './hand-over-carnet.ts'
import { listPrescriptions } from './queries.ts'
import { takeBackCarnet } from './take-back-carnet.ts'

export const prescriptions = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, prescriptionRoutes, {
    listPrescriptions: (ctx, { query }) => listPrescriptions(ctx, query),
    handOverCarnet: (ctx, { body }) => handOverCarnet(ctx, body),
    takeBackCarnet: (ctx, { params }) => takeBackCarnet(ctx, params),
  })
