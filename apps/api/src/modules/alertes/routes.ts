import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { notificationRoutes } from '@pass/contracts/notifications.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { listCourriels } from './list-courriels.ts'
import { listNotifications, readAllNotifications, readNotification } from './notifications.ts'
import { getAccueil } from './queries.ts'

export const alertes = (app: FastifyInstance, deps: Deps) => implement(app, deps, accueilRoutes, { getAccueil: (ctx) => getAccueil(ctx) })

export const notifications = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, notificationRoutes, {
    listNotifications: (ctx, { query }) => listNotifications(ctx, query),
    readNotification: (ctx, { params }) => readNotification(ctx, params),
    readAllNotifications: (ctx) => readAllNotifications(ctx),
    listCourriels: (_, { query }) => listCourriels(deps.config.courrielsDir, query.adresse),
  })
