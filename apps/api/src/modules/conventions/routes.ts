import { conventionRoutes } from '@pass/contracts/conventions.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { createConvention } from './create-convention.ts'
import { openConvention } from './open-convention.ts'
import { getConvention, listConventions } from './queries.ts'
import { signConvention } from './sign-convention.ts'

export const conventions = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, conventionRoutes, {
    listConventions: (ctx, { query }) => listConventions(ctx, query),
    getConvention: (ctx, { params }) => getConvention(ctx, params),
    createConvention: (ctx, { body }) => createConvention(ctx, body),
    signConvention: (ctx, { params, body }) => signConvention(ctx, { ...params, ...body }),
    openConvention: (ctx, { params }) => openConvention(ctx, params),
  })
