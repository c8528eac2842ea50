import { createHash, randomBytes } from 'node:crypto'

/** `__Host-`: HTTPS (or localhost) only, this host only, the whole site. */
export const SESSION_COOKIE = '__Host-session'
const COOKIE_ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'

/** A new opaque token of 256 bits. Only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

export const cookieFor = (token: string): string => `${SESSION_COOKIE}=${token}; ${COOKIE_ATTRIBUTES}`
export const expiredCookie = `${SESSION_COOKIE}=; ${COOKIE_ATTRIBUTES}; Max-Age=0`

/** The token in a Cookie header, when it has the form of one. Several of them: none is believed. */
export const tokenIn = (header: string | undefined): string | undefined => {
  const tokens = (header ?? '').split(';').flatMap((pair) => {
    const [name, value] = pair.trim().split('=', 2)
    return name === SESSION_COOKIE && value !== undefined ? [value] : []
  })
  const [token] = tokens
  return tokens.length === 1 && token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined
}
