import { archiveRoutes } from '@pass/contracts/archives.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { askArchive } from './ask-archive.ts'
import { listArchives } from './queries.ts'
import { takeArchive } from './take-archive.ts'

export const archives = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, archiveRoutes, {
    listArchives: (ctx, { query }) => listArchives(ctx, query),
    askArchive: (ctx) => askArchive(ctx),
    takeArchive: (ctx, { params }) => takeArchive(ctx, { ...params, deps }),
  })
