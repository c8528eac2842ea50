import { importAttributionRoutes } from '@pass/contracts/imports-attributions.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { applyImport } from './apply-import.ts'
import { importModel, importProblems } from './import-files.ts'
import { getImportAttribution, listImportAttributions, listImportLignes } from './import-queries.ts'
import { uploadImport } from './upload-import.ts'

export const importsAttributions = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, importAttributionRoutes, {
    downloadImportModel: importModel,
    uploadImportAttribution: (ctx, { body }) => uploadImport(ctx, body),
    listImportAttributions: (ctx, { query }) => listImportAttributions(ctx, query),
    getImportAttribution: (ctx, { params }) => getImportAttribution(ctx, params),
    listImportLignes: (ctx, { params, query }) => listImportLignes(ctx, { ...params, ...query }),
    downloadImportProblems: (ctx, { params }) => importProblems(ctx, params),
    applyImportAttribution: (ctx, { params }) => applyImport(ctx, params),
  })
