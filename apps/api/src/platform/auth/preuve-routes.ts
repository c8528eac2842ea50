import { preuveRoutes } from '@pass/contracts/preuves.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { implement } from '../implement.ts'
import { challengePreuve, proveCode, provePasskey, provePassword, proveTotp, sendCode } from './proofs.ts'

export const preuves = (app: FastifyInstance, deps: Deps): void =>
  implement(app, deps, preuveRoutes, {
    challengePreuve: (call) => challengePreuve(deps, call),
    provePasskey: (call, { body }) => provePasskey(deps, call, body),
    proveTotp: (call, { body }) => proveTotp(deps, call, body),
    sendCode: (call) => sendCode(deps, call),
    proveCode: (call, { body }) => proveCode(deps, call, body),
    provePassword: (call, { body }) => provePassword(deps, call, body),
  })
