import { parametrePaiementRoutes } from '@pass/contracts/parametres-paiement.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { getParametresPaiement } from './parametres-queries.ts'
import { decideParametres, proposeParametres } from './propose-parametres.ts'

export const parametresPaiement = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, parametrePaiementRoutes, {
    getParametresPaiement: (ctx) => getParametresPaiement(ctx),
    proposeParametres: (ctx, { body }) => proposeParametres(ctx, body),
    decideParametres: (ctx, { params, body }) => decideParametres(ctx, { ...params, ...body }),
  })
