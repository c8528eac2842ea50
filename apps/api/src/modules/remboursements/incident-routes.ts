import { incidentRoutes } from '@pass/contracts/incidents.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { askIncident } from './ask-incident.ts'
import { decideIncident } from './decide-incident.ts'
import { getIncident, listIncidents, listBordereauUtilisations } from './incident-queries.ts'

export const incidents = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, incidentRoutes, {
    listIncidents: (ctx, { query }) => listIncidents(ctx, query),
    getIncident: (ctx, { params }) => getIncident(ctx, params),
    listBordereauUtilisations: (ctx, { params, query }) => listBordereauUtilisations(ctx, { ...params, ...query }),
    askIncident: (ctx, { body }) => askIncident(ctx, body),
    decideIncident: (ctx, { params, body }) => decideIncident(ctx, { ...params, ...body }),
  })
