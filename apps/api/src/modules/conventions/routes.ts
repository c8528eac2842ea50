import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { listConventionLots, listDevoirs } from './calendrier.ts'
import { createConvention } from './create-convention.ts'
import { drawConvention } from './draw-convention.ts'
import { closeConvention, reportConvention, settleConvention, terminateConvention } from './end-convention.ts'
import { listConventionEtapes } from './etapes.ts'
import { openConvention } from './open-convention.ts'
import { downloadConventionPiece, listConventionPieces, uploadConventionPiece } from './pieces.ts'
import { abandonAvenant, prepareAvenant, updateAvenant } from './prepare-avenant.ts'
import { getConvention, listConventions } from './queries.ts'
import { signAvenant } from './sign-avenant.ts'
import { signConvention } from './sign-convention.ts'
import { updateConvention } from './update-convention.ts'
import { getVersion, listConventionLieux, listVersions } from './versions.ts'

export const conventions = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, conventionRoutes, {
    listConventions: (ctx, { query }) => listConventions(ctx, query),
    getConvention: (ctx, { params }) => getConvention(ctx, params),
    createConvention: (ctx, { body }) => createConvention(ctx, body),
    signConvention: (ctx, { params, body }) => signConvention(ctx, { ...params, ...body }),
    openConvention: (ctx, { params }) => openConvention(ctx, params),
  })

/** What a convention becomes: its rules, its versions, their signatures and papers, its end. */
export const conventionVersions = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, conventionVersionRoutes, {
    updateConvention: (ctx, { params, body }) => updateConvention(ctx, { ...params, ...body }),
    listConventionLieux: (ctx, { params }) => listConventionLieux(ctx, params),
    listConventionLots: (ctx, { params }) => listConventionLots(ctx, params),
    listVersions: (ctx, { params }) => listVersions(ctx, params),
    getVersion: (ctx, { params }) => getVersion(ctx, params),
    prepareAvenant: (ctx, { params, body }) => prepareAvenant(ctx, { ...params, ...body }),
    updateAvenant: (ctx, { params, body }) => updateAvenant(ctx, { ...params, ...body }),
    abandonAvenant: (ctx, { params, body }) => abandonAvenant(ctx, { ...params, ...body }),
    signAvenant: (ctx, { params, body }) => signAvenant(ctx, { ...params, ...body }),
    listConventionPieces: (ctx, { params }) => listConventionPieces(ctx, params),
    uploadConventionPiece: (ctx, { params, body }) => uploadConventionPiece(ctx, deps.config, { ...params, ...body }),
    downloadConventionPiece: (ctx, { params }) => downloadConventionPiece(ctx, deps.config, params),
    drawConvention: (ctx, { params }) => drawConvention(ctx, params),
    listDevoirs: (ctx, { params }) => listDevoirs(ctx, params),
    listConventionEtapes: (ctx, { params }) => listConventionEtapes(ctx, params),
    reportConvention: (ctx, { params, body }) => reportConvention(ctx, { ...params, ...body }),
    settleConvention: (ctx, { params, body }) => settleConvention(ctx, { ...params, ...body }),
    closeConvention: (ctx, { params, body }) => closeConvention(ctx, { ...params, ...body }),
    terminateConvention: (ctx, { params, body }) => terminateConvention(ctx, { ...params, ...body }),
  })
