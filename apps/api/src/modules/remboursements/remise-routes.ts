import { remiseBancaireRoutes, retourBancaireRoutes } from '@pass/contracts/remises-bancaires.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { rejectBordereau } from './pay-bordereau.ts'
import { releaseSelection } from './release-bordereau.ts'
import { downloadRemise, getRemiseBancaire, listRemises, listVirements } from './remise-queries.ts'
import { importRetour } from './import-retour.ts'
import { getRetour, listRetourLignes, listRetours, retourModel } from './retour-queries.ts'

export const remisesBancaires = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, remiseBancaireRoutes, {
    releaseSelection: (ctx, { body }) => releaseSelection(ctx, body),
    listRemises: (ctx, { query }) => listRemises(ctx, query),
    getRemiseBancaire: (ctx, { params }) => getRemiseBancaire(ctx, params),
    listVirements: (ctx, { params, query }) => listVirements(ctx, { ...params, ...query }),
    downloadRemise: (ctx, { params }) => downloadRemise(ctx, params),
    rejectBordereau: (ctx, { params, body }) => rejectBordereau(ctx, { ...params, ...body }),
  })

export const retoursBancaires = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, retourBancaireRoutes, {
    downloadRetourModel: retourModel,
    uploadRetour: (ctx, { body }) => importRetour(ctx, body),
    listRetours: (ctx, { query }) => listRetours(ctx, query),
    getRetour: (ctx, { params }) => getRetour(ctx, params),
    listRetourLignes: (ctx, { params, query }) => listRetourLignes(ctx, { ...params, ...query }),
  })
