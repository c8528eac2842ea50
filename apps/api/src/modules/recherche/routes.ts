import { rechercheRoutes } from '@pass/contracts/recherche.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { search } from './queries.ts'

export const recherche = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, rechercheRoutes, {
    search: (ctx, { query }) => search(ctx, query),
  })
