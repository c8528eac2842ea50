import { correctionRoutes } from '@pass/contracts/oppositions.ts'
import { remiseRoutes } from '@pass/contracts/remises.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { drawRecu } from './draw-recu.ts'
import { getRemise } from './get-remise.ts'
import { replaceCarnet } from './replace-carnet.ts'
import { takeBackFromPerson } from './take-back-from-person.ts'

export const remises = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, remiseRoutes, {
    getRemise: (ctx, { params }) => getRemise(ctx, params),
    drawRecu: (ctx, { params }) => drawRecu(ctx, params),
  })

/** What the collectivité puts right once the day of the hand-over is past. */
export const corrections = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, correctionRoutes, {
    replaceCarnet: (ctx, { params, body }) => replaceCarnet(ctx, { ...params, ...body }),
    takeBackFromPerson: (ctx, { params, body }) => takeBackFromPerson(ctx, { ...params, ...body }),
  })
