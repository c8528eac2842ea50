import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { listCommunes, listDepartements, listOrganisations } from './queries.ts'

export const referentiels = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, referentielRoutes, {
    listCommunes: (ctx, { query }) => listCommunes(ctx, query),
    listDepartements: (ctx) => listDepartements(ctx),
    listOrganisations: (ctx, { query }) => listOrganisations(ctx, query),
  })
