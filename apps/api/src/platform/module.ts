import type { Route } from '@pass/contracts/route.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from './deps.ts'

/** A route table and the function that binds it. */
export type Module = { routes: Record<string, Route>; bind: (app: FastifyInstance, deps: Deps) => void }
