import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

const YEAR_MS = 365 * 24 * 3600 * 1000

/** The folders of `apps/` that are served below their own name; `public` is the root. */
const appsIn = (dir: string) => (existsSync(dir) ? readdirSync(dir).filter((name) => existsSync(join(dir, name, 'index.html'))) : [])

const isFile = (path: string) => existsSync(path) && statSync(path).isFile()

const sendFrom = (reply: FastifyReply, dist: string, rest: string) => {
  // names of built assets carry a hash: kept a year; everything else is asked again
  if (/^assets\/[\w.-]+$/.test(rest) && isFile(join(dist, rest))) return reply.sendFile(rest, dist, { immutable: true, maxAge: YEAR_MS })
  if (/^[\w-]+(?:\.[\w-]+)+$/.test(rest) && isFile(join(dist, rest)))
    return reply.header('Cache-Control', 'no-cache').sendFile(rest, dist, { cacheControl: false })
  // a file that is missing is missing, a path that climbs is nobody's; any other is a page of the app
  if (/\.\w+$|\.\.|%2f|%5c|%00/i.test(rest) || !isFile(join(dist, 'index.html'))) return reply.callNotFound()
  return reply.header('Cache-Control', 'no-cache').sendFile('index.html', dist, { cacheControl: false })
}

/** Serves the built apps: `/collectivite/…` from `apps/collectivite/dist`, everything else from `apps/public/dist`. */
export const serveApps = async (app: FastifyInstance, appsDir: string): Promise<void> => {
  await app.register(fastifyStatic, { root: appsDir, serve: false })
  const apps = new Set(appsIn(appsDir))
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    const path = request.url.split('?', 1)[0]!.slice(1)
    if (path === 'api' || path.startsWith('api/')) return reply.callNotFound()
    const [first = '', ...rest] = path.split('/')
    return first !== 'public' && apps.has(first)
      ? sendFrom(reply, join(appsDir, first, 'dist'), rest.join('/'))
      : sendFrom(reply, join(appsDir, 'public/dist'), path)
  })
}
