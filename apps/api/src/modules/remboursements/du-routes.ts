import { duRoutes } from '@pass/contracts/du.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { getEcheancier } from './du-echeancier.ts'
import { drawAttestationRegie, drawReleveAnnuel } from './du-releve.ts'
import { exportUtilisations, listUtilisations } from './du-utilisations.ts'

export const du = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, duRoutes, {
    getEcheancier: (ctx) => getEcheancier(ctx),
    listUtilisations: (ctx, { query }) => listUtilisations(ctx, query),
    exportUtilisations: (ctx, { query }) => exportUtilisations(ctx, query),
    drawReleveAnnuel: (ctx, { query }) => drawReleveAnnuel(ctx, query),
    drawAttestationRegie: (ctx, { query }) => drawAttestationRegie(ctx, query),
  })
