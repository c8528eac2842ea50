import { compteBancaireRoutes } from '@pass/contracts/comptes-bancaires.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import {
  acceptCompteBancaire,
  checkCompteBancaire,
  proposeCompteBancaire,
  refuseCompteBancaire,
  withdrawCompteBancaire,
} from './compte-acts.ts'
import { getCompteBancaire, listComptesBancaires, readIban } from './compte-queries.ts'

export const comptesBancaires = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, compteBancaireRoutes, {
    listComptesBancaires: (ctx, { query }) => listComptesBancaires(ctx, query),
    getCompteBancaire: (ctx, { params }) => getCompteBancaire(ctx, params),
    proposeCompteBancaire: (ctx, { body }) => proposeCompteBancaire(ctx, body),
    readIban: (ctx, { params }) => readIban(ctx, params),
    checkCompteBancaire: (ctx, { params, body }) => checkCompteBancaire(ctx, { ...params, ...body }),
    acceptCompteBancaire: (ctx, { params }) => acceptCompteBancaire(ctx, params),
    withdrawCompteBancaire: (ctx, { params }) => withdrawCompteBancaire(ctx, params),
    refuseCompteBancaire: (ctx, { params, body }) => refuseCompteBancaire(ctx, { ...params, ...body }),
  })
