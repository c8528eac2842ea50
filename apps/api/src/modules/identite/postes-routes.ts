import { posteRoutes } from '@pass/contracts/postes.ts'
import { getGuichet, lockGuichet, takeGuichet, trustPoste } from '../../platform/auth/guichet.ts'
import { implement } from '../../platform/implement.ts'
import type { Module } from '../../platform/module.ts'
import { listPostes, revokePoste } from './postes.ts'

export const postes: Module['bind'] = (app, deps) =>
  implement(app, deps, posteRoutes, {
    listPostes: (ctx) => listPostes(ctx),
    trustPoste: (call, { body }) => trustPoste(deps, call, body),
    revokePoste: (ctx, { params }) => revokePoste(ctx, params),
    getGuichet: (call) => getGuichet(deps, call),
    lockGuichet: (call) => lockGuichet(deps, call),
    takeGuichet: (call, { body }) => takeGuichet(deps, call, body),
  })
