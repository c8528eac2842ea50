import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookieFor, expiredCookie, tokenIn } from './auth/tokens.ts'
import type { Actor } from './context.ts'
import { momentOf } from './gate.ts'

/** What a session act gets: it alone touches the cookie. */
export type SessionCall = {
  token: string | undefined
  /** Present on routes that are not public. */
  actor: Actor | undefined
  now: Date
  today: string
  requestId: string
  setToken: (token: string) => void
  /** Forgets the cookie, and with `Clear-Site-Data` all that the browser kept. */
  clear: () => void
}

export const openSessionCall = (request: FastifyRequest, reply: FastifyReply): SessionCall => ({
  token: tokenIn(request.headers.cookie),
  actor: request.identity?.actor,
  ...momentOf(request),
  setToken: (token) => void reply.header('Set-Cookie', cookieFor(token)),
  clear: () => void reply.header('Set-Cookie', expiredCookie).header('Clear-Site-Data', '"cache", "cookies", "storage"'),
})
