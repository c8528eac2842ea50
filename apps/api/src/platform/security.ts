import { refuse } from '@pass/domain/refusal.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden } from './errors.ts'

const SELF = ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]
/** The two style elements that react-aria writes (usePress, usePreventScroll), by the hash of their text. */
const REACT_ARIA_STYLES = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='"
/** The apps: nothing from outside, no inline script. `wasm-unsafe-eval` is for the QR reader, `data:` and `blob:` for drawn pictures. */
const APP_POLICY = [
  ...SELF,
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src 'self' ${REACT_ARIA_STYLES}`,
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
].join('; ')
/** The reading page of the API writes its styles inline. */
const DOCS_POLICY = [...SELF, "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:"].join('; ')
/** Answers of the API are never pages. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'"

const policyOf = (path: string) => (path.startsWith('/api/docs') ? DOCS_POLICY : path.startsWith('/api/') ? API_POLICY : APP_POLICY)

const setHeaders = (request: FastifyRequest, reply: FastifyReply, production: boolean) => {
  const path = request.url.split('?', 1)[0]!
  reply.headers({
    'Content-Security-Policy': policyOf(path),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
    'X-Request-Id': request.id,
    ...(production && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
  })
  if (path.startsWith('/api/') && !path.startsWith('/api/docs')) reply.header('Cache-Control', 'no-store')
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined)

/** A write comes from our own pages: browsers say so by Origin or Sec-Fetch-Site. Programs send neither, and no cookie. */
const isForeign = ({ headers }: FastifyRequest) => {
  if (headers.origin !== undefined) return hostOf(headers.origin) !== headers.host
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

const FOREIGN = refuse(
  'droit_absent',
  'Cette demande vient d’un autre site. Ouvrez le Pass numérique dans votre navigateur et recommencez.',
)

/** Headers on every answer, and the Origin check on everything that is not a read. */
export const secure = (app: FastifyInstance, { production }: { production: boolean }): void => {
  app.addHook('onRequest', async (request, reply) => {
    setHeaders(request, reply, production)
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method) && isForeign(request)) throw new Forbidden(FOREIGN)
  })
}
