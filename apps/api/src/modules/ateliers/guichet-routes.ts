import { guichetRoutes } from '@pass/contracts/guichet.ts'
import { implement } from '../../platform/implement.ts'
import type { Module } from '../../platform/module.ts'
import { closeAlerte, listAlertes } from './alertes.ts'
import { listAppareils, registerAppareil, revokeAppareil } from './appareils.ts'
import { listConflits } from './conflits.ts'
import { listActesDifferes, listAExaminer, releaseUtilisation } from './differes.ts'
import { getPaquet } from './paquet.ts'

export const guichet: Module['bind'] = (app, deps) =>
  implement(app, deps, guichetRoutes, {
    getPaquet: (ctx) => getPaquet(ctx, deps.secrets),
    registerAppareil: (ctx, { params, body }) => registerAppareil(ctx, { ...params, ...body }),
    listAppareils: (ctx) => listAppareils(ctx),
    revokeAppareil: (ctx, { params }) => revokeAppareil(ctx, params),
    listActesDifferes: (ctx, { query }) => listActesDifferes(ctx, query),
    listConflits: (ctx, { query }) => listConflits(ctx, query),
    listAlertes: (ctx, { query }) => listAlertes(ctx, query),
    closeAlerte: (ctx, { params, body }) => closeAlerte(ctx, { ...params, ...body }),
    listAExaminer: (ctx, { query }) => listAExaminer(ctx, query),
    releaseUtilisation: (ctx, { params, body }) => releaseUtilisation(ctx, { ...params, ...body }),
  })
