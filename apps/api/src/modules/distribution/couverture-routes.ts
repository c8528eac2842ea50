import { couvertureRoutes } from '@pass/contracts/couverture.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { getCouverture } from './get-couverture.ts'
import { exportRepartition, simulateRepartition } from './repartition.ts'

export const couverture = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, couvertureRoutes, {
    getCouverture: (ctx, { query }) => getCouverture(ctx, query),
    simulateRepartition: (ctx, { query }) => simulateRepartition(ctx, query),
    exportRepartition: (ctx, { query }) => exportRepartition(ctx, query),
  })
