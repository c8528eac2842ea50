import { createHash, randomBytes } from 'node:crypto'

/** `__Host-`: HTTPS (or localhost) only, this host only, the whole site. */
export const SESSION_COOKIE = '__Host-session'
/** This browser is a trusted desk. */
export const POSTE_COOKIE = '__Host-poste'
/** This browser left for ProConnect, and is the one that may come back. */
export const PROCONNECT_COOKIE = '__Host-proconnect'
const COOKIE_ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'

/** A new opaque token of 256 bits. Only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** `maxAge` in seconds; without it the cookie ends with the browser. */
export const hostCookie = (name: string, token: string, maxAge?: number): string =>
  `${name}=${token}; ${COOKIE_ATTRIBUTES}${maxAge === undefined ? '' : `; Max-Age=${maxAge}`}`
export const expired = (name: string): string => `${name}=; ${COOKIE_ATTRIBUTES}; Max-Age=0`

/** The token of a cookie, when it has the form of one. Several of them: none is believed. */
export const cookieOf = (wanted: string, header: string | undefined): string | undefined => {
  const tokens = (header ?? '').split(';').flatMap((pair) => {
    const [name, value] = pair.trim().split('=', 2)
    return name === wanted && value !== undefined ? [value] : []
  })
  const [token] = tokens
  return tokens.length === 1 && token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined
}
/** The session's token in a Cookie header. */
export const tokenIn = (header: string | undefined): string | undefined => cookieOf(SESSION_COOKIE, header)
