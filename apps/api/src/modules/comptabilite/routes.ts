import { compteRoutes } from '@pass/contracts/comptes.ts'
import { fraisRoutes } from '@pass/contracts/frais.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { listFrais, setFrais } from './frais.ts'
import { getGrandLivre, listTransfers } from './queries.ts'

export const comptabilite = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, compteRoutes, {
    getGrandLivre: (ctx, { params }) => getGrandLivre(ctx, params),
    listTransfers: (ctx, { params, query }) => listTransfers(ctx, { ...params, ...query }),
  })

export const frais = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, fraisRoutes, {
    listFrais: (ctx) => listFrais(ctx),
    setFrais: (ctx, { body }) => setFrais(ctx, body),
  })
