import type { Route } from '@pass/contracts/route.ts'
import { parisDay } from '@pass/domain/days.ts'
import { isAllowed } from '@pass/domain/droits.ts'
import type { FastifyRequest } from 'fastify'
import { ADHESION_ENDED, type Identity, identify, uuidOf } from './auth/authenticate.ts'
import { tokenIn } from './auth/tokens.ts'
import type { Deps } from './deps.ts'
import { Forbidden } from './errors.ts'

export type RouteConfig = { name: string; route: Route }

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once the gate has let them in. */
    identity: Identity | null
    /** The instant of the request, one for all that it does. */
    now: Date
  }
  interface FastifyContextConfig {
    name?: string
    route?: Route
  }
}

/** The time and the number of a request, as every context carries them. */
export const momentOf = ({ now, id }: FastifyRequest) => ({ now, today: parisDay(now), requestId: id })

/** No adhesion is this one: a tab that sends something else than an identifier believes in none of them. */
const NO_ADHESION = '00000000-0000-0000-0000-000000000000'

/** What the session's statement asks for: cookie, the adhesion that the tab believes in, the day. */
export const askedBy = (request: FastifyRequest) => ({
  token: tokenIn(request.headers.cookie),
  adhesionId: request.headers['x-adhesion'] === undefined ? null : (uuidOf(request.headers['x-adhesion']) ?? NO_ADHESION),
  today: parisDay(request.now),
})

/** Who (401), then droit (403), before the form of anything is looked at: nobody learns the shape of what they may not do. */
export const admit = async (deps: Deps, request: FastifyRequest, { droit, effect }: Pick<Route, 'droit' | 'effect'>): Promise<void> => {
  if (droit === 'public') return
  const asked = askedBy(request)
  // whoever switches is told nothing about the adhesion that the tab believes in: it is what they change
  request.identity = await identify(deps.pool, effect === 'session' ? { ...asked, adhesionId: null } : asked)
  const { actor, entry } = request.identity
  if (!entry && effect !== 'session') throw new Forbidden(ADHESION_ENDED)
  if (!isAllowed(actor.role, droit)) throw new Forbidden()
}
