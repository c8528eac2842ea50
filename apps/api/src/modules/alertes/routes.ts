import { accueilRoutes } from '@pass/contracts/accueil.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { getAccueil } from './queries.ts'

export const alertes = (app: FastifyInstance, deps: Deps) => implement(app, deps, accueilRoutes, { getAccueil: (ctx) => getAccueil(ctx) })
