import { creanceRoutes } from '@pass/contracts/creances.ts'
import { repriseRoutes } from '@pass/contracts/reprises.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { applyReprise } from './apply-reprise.ts'
import { getCreance, listCreanceReprises, listCreances } from './creance-queries.ts'
import { decideCreance, examineCreance, payCreance } from './decide-creance.ts'
import { declareCreance, downloadCreancePiece, uploadCreancePiece } from './declare-creance.ts'
import { openReprise } from './open-reprise.ts'
import { getReprise, listRepriseLignes, listReprises } from './queries.ts'
import { downloadReprisePiece, repriseDecisions, repriseModele, uploadReprisePiece } from './reprise-files.ts'
import { uploadFichier } from './upload-fichier.ts'

export const reprises = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, repriseRoutes, {
    listReprises: (ctx, { query }) => listReprises(ctx, query),
    openReprise: (ctx, { body }) => openReprise(ctx, body),
    downloadRepriseModele: repriseModele,
    getReprise: (ctx, { params }) => getReprise(ctx, params),
    uploadRepriseFichier: (ctx, { params, body }) => uploadFichier(ctx, deps.secrets, { ...params, ...body }),
    listRepriseLignes: (ctx, { params, query }) => listRepriseLignes(ctx, { ...params, ...query }),
    downloadRepriseDecisions: (ctx, { params }) => repriseDecisions(ctx, params),
    uploadReprisePiece: (ctx, { params, body }) => uploadReprisePiece(ctx, deps.config, { ...params, ...body }),
    downloadReprisePiece: (ctx, { params }) => downloadReprisePiece(ctx, deps.config, params),
    applyReprise: (ctx, { params, body }) => applyReprise(ctx, { ...params, ...body }),
  })

/** The register of what a former operator left unpaid. */
export const creances = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, creanceRoutes, {
    listCreances: (ctx, { query }) => listCreances(ctx, query),
    listCreanceReprises: (ctx) => listCreanceReprises(ctx),
    declareCreance: (ctx, { body }) => declareCreance(ctx, deps.secrets, body),
    getCreance: (ctx, { params }) => getCreance(ctx, params),
    uploadCreancePiece: (ctx, { params, body }) => uploadCreancePiece(ctx, deps.config, { ...params, ...body }),
    downloadCreancePiece: (ctx, { params }) => downloadCreancePiece(ctx, deps.config, params),
    examineCreance: (ctx, { params, body }) => examineCreance(ctx, { ...params, ...body }),
    decideCreance: (ctx, { params, body }) => decideCreance(ctx, { ...params, ...body }),
    payCreance: (ctx, { params, body }) => payCreance(ctx, { ...params, ...body }),
  })
