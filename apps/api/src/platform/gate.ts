import type { Route } from '@pass/contracts/route.ts'
import { needsSecondFactor } from '@pass/domain/acces.ts'
import { parisDay } from '@pass/domain/days.ts'
import { isAllowed } from '@pass/domain/droits.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { FastifyRequest } from 'fastify'
import { ADHESION_ENDED, type Identity, identify, uuidOf } from './auth/authenticate.ts'
import { tokenIn } from './auth/tokens.ts'
import { identifiersIn } from './call.ts'
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

/**
 * What stays open while the second factor is missing: one's session, where it is given, and one's account, where a first one is
 * added. Once a factor exists, whoever has not given it only reads that account: the mailbox alone changes nothing.
 */
const isOpenUnproved = ({ droit, effect }: Asked, { aUnFacteur }: Pick<Identity, 'aUnFacteur'>): boolean =>
  droit === 'public' || droit === 'session:read' || (droit === 'utilisateur:self' && (!aUnFacteur || effect === 'read'))

type Asked = Pick<Route, 'droit' | 'effect' | 'stepUp'>

/** Besides reading, whoever looks through somebody's eyes does one thing: come back. */
const COMING_BACK = 'closeConsultation'
const isOnlyLooking = (name: string, { droit, effect, stepUp }: Asked): boolean =>
  effect === 'session' ? name === COMING_BACK : effect !== 'write' && !stepUp && droit !== 'utilisateur:self'

/** What the session itself forbids, whatever the role: the reason, or null. The order is that of what to do first. */
const whyNotEnter = ({ actor, ...identity }: Identity, name: string, route: Asked) => {
  if (identity.consultationId) return isOnlyLooking(name, route) ? null : refuse('lecture_seule')
  const isMissing = !identity.secondFacteur && needsSecondFactor(actor.role, identity.aUnFacteur)
  if (isMissing && !isOpenUnproved(route, identity)) return refuse('second_facteur_requis')
  if (route.stepUp && !identity.preuveFraiche) return refuse('preuve_requise')
  return null
}

/** What the assistance reads is in the journal of the organisation, with both names. */
const journalLook = ({ pool }: Deps, request: FastifyRequest, name: string, { entry, consultationId }: Identity) => {
  const objet = { consultationId, ...identifiersIn(request.params) }
  return pool.query('select door_journal($1, $2, $3, 200, null, $4)', [entry?.ctx, name, objet, request.id])
}

/**
 * Who (401), then droit (403), then what the session itself forbids (403), before the form of anything is looked at: nobody
 * learns the shape of what they may not do.
 */
export const admit = async (deps: Deps, request: FastifyRequest, name: string, route: Asked): Promise<void> => {
  const { droit, effect } = route
  if (droit === 'public') return
  const asked = askedBy(request)
  // what a session does to itself is possible once the adhesion has ended, whatever the tab believes: it is how one leaves it
  const isOfSession = effect === 'session' && droit === 'session:read'
  const identity = await identify(deps.pool, isOfSession ? { ...asked, adhesionId: null } : asked)
  request.identity = identity
  if (!identity.entry && !isOfSession) throw new Forbidden(ADHESION_ENDED)
  if (!isAllowed(identity.actor.role, droit)) throw new Forbidden()
  const refusal = whyNotEnter(identity, name, route)
  if (refusal) throw new Forbidden(refusal)
  // what is journaled anyway says it by itself
  if (identity.consultationId && effect === 'read' && droit !== 'session:read') await journalLook(deps, request, name, identity)
}
