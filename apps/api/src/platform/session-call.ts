import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Identity } from './auth/authenticate.ts'
import { deviceOf } from './auth/device.ts'
import { cookieOf, expired, hostCookie, POSTE_COOKIE, PROCONNECT_COOKIE, SESSION_COOKIE } from './auth/tokens.ts'
import { momentOf } from './gate.ts'

const COOKIES = { session: SESSION_COOKIE, poste: POSTE_COOKIE, proconnect: PROCONNECT_COOKIE } as const
type CookieName = keyof typeof COOKIES
/** A desk is trusted for a year; the others end with the browser, or sooner in the database. */
const MAX_AGE: Partial<Record<CookieName, number>> = { poste: 365 * 24 * 3600 }

/** What a session act gets: it alone touches cookies. */
export type SessionCall = {
  /** The session's token. */
  token: string | undefined
  /** Present on routes that are not public. */
  identity: Identity | undefined
  /** « Firefox, Windows »: what a list of sessions says of this browser. */
  appareil: string
  now: Date
  today: string
  requestId: string
  /** The well-formed token of another cookie of ours. */
  cookie: (name: Exclude<CookieName, 'session'>) => string | undefined
  setCookie: (name: CookieName, token: string) => void
  dropCookie: (name: CookieName) => void
  /**
   * Forgets the session, and with `Clear-Site-Data` the pages that the browser kept; a trusted desk stays one. Not its storage: the
   * counter's queue lives there, it belongs to the device and survives (drafts are erased by the screens, whoever comes next).
   */
  clear: () => void
  /** What the browser kept of somebody else's pages. Cookies stay. */
  forget: () => void
}

export const openSessionCall = (request: FastifyRequest, reply: FastifyReply): SessionCall => {
  const read = (name: CookieName) => cookieOf(COOKIES[name], request.headers.cookie)
  const add = (cookie: string) => {
    const before = reply.getHeader('Set-Cookie')
    reply.header('Set-Cookie', before === undefined ? cookie : [...[before].flat().map(String), cookie])
  }
  return {
    token: read('session'),
    identity: request.identity ?? undefined,
    appareil: deviceOf(request.headers['user-agent']),
    ...momentOf(request),
    cookie: read,
    setCookie: (name, token) => add(hostCookie(COOKIES[name], token, MAX_AGE[name])),
    dropCookie: (name) => add(expired(COOKIES[name])),
    forget: () => void reply.header('Clear-Site-Data', '"cache"'),
    clear: () => {
      add(expired(SESSION_COOKIE))
      reply.header('Clear-Site-Data', read('poste') ? '"cache"' : '"cache", "cookies"')
    },
  }
}
