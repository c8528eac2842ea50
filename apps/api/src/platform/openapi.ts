import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Route } from '@pass/contracts/route.ts'
import { PIECE_RULE } from '@pass/domain/pieces.ts'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Document, illustrate } from './openapi-examples.ts'
import { Problem } from './problem.ts'

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: Problem } } })

const SUCCESS = { 200: 'Réponse', 201: 'Créé', 202: 'Accepté' } as const

/** No body: an address. `null` is how the documentation's tool is told so. */
const ELSEWHERE = z.null().meta({
  description: 'Suite ailleurs',
  headers: { Location: { type: 'string', format: 'uri-reference', description: 'Adresse de la suite' } },
})

/** The status of a success: a browser sent elsewhere is a 303, whatever the route says. */
const statusOf = ({ kind, status = 200 }: Route) => (kind === 'redirect' ? 303 : status)

const successOf = ({ kind, response, status = 200 }: Route) => {
  if (kind === 'redirect') return ELSEWHERE
  return kind === 'file'
    ? { description: 'Fichier', content: { 'application/octet-stream': { schema: response } } }
    : { description: SUCCESS[status], content: { 'application/json': { schema: response } } }
}

const refusalsOf = ({ effect, droit, refusals = [] }: Route) => {
  const isKept = effect === 'write' ? ['cle_reutilisee', 'en_cours'] : []
  const ofSession = droit === 'public' ? [] : ['organisation_changee']
  return [...refusals, ...isKept, ...ofSession]
}

/** Every status that a route may answer, with what it means. */
const responsesOf = (route: Route) => {
  const refusals = refusalsOf(route)
  return {
    [statusOf(route)]: successOf(route),
    400: problem('Demande mal formée'),
    ...(route.droit !== 'public' || route.effect === 'session'
      ? { 401: problem('Session absente ou terminée'), 403: problem('Droit absent') }
      : { 403: problem('Origine refusée') }),
    404: problem('Absent, ou hors de portée'),
    ...(refusals.length > 0 && { 409: problem(`Refusé par une règle\u00a0: ${refusals.join(', ')}`) }),
    429: problem('Trop de demandes'),
    500: problem('Erreur du service'),
    503: problem('Service occupé, à réessayer après Retry-After'),
  }
}

const KEY_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'UUID choisi avant l’envoi et gardé pour le répéter\u00a0; la même clé redonne la même réponse.',
  schema: { type: 'string', format: 'uuid' },
}

/** A file is sent as it is; its name goes along in a header. */
const fileOf = ({ fichier = PIECE_RULE }: Route) => ({
  consumes: [...fichier.types],
  body: z.string().meta({
    format: 'binary',
    description: `Le fichier lui-même, ${fichier.octets / 1024 / 1024} Mio au plus, son nom, encodé, dans l’en-tête X-Nom-Fichier.`,
  }),
})

const describe = ({ droit, effect, demo, stepUp }: Route) =>
  [
    droit === 'public' ? 'Sans session.' : `Droit\u00a0: \`${droit}\`.`,
    effect === 'write' && 'Demande une clé `Idempotency-Key`.',
    effect === 'journaled-read' && 'Lecture notée au journal.',
    stepUp && 'Demande une preuve d’identité de moins de 10 minutes.',
    demo && 'Dans la démonstration seulement.',
  ]
    .filter(Boolean)
    .join(' ')

/** What Fastify and the documentation know of a route; the door validates by itself. */
export const schemaOf = (name: string, route: Route): FastifySchema =>
  ({
    operationId: name,
    summary: route.summary,
    description: describe(route),
    tags: [route.path.split('/')[1]],
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    ...(route.kind === 'upload' && fileOf(route)),
    response: responsesOf(route),
    security: route.droit === 'public' ? [] : [{ session: [] }],
    'x-droit': route.droit,
    'x-effet': route.effect,
    'x-preuve': route.stepUp === true,
    'x-refus': refusalsOf(route),
  }) as FastifySchema

const transformDocument = createJsonSchemaTransformObject({})

/** OpenAPI 3.1 at `/api/openapi.json`, from the route tables themselves, and its reading page at `/api/docs`. */
export const document = async (app: FastifyInstance, routes: Record<string, Route>): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Pass numérique',
        version: '1',
        description:
          'Carnets, ateliers et remboursements. Une demande refusée répond en application/problem+json avec un `code` et une phrase `message`.',
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-session' } } },
    },
    transform: createJsonSchemaTransform({}),
    transformObject: (documentObject) =>
      illustrate(transformDocument(documentObject) as Document, routes, KEY_HEADER) as ReturnType<typeof transformDocument>,
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { docExpansion: 'list', validatorUrl: null, defaultModelsExpandDepth: 0 },
    theme: { title: 'Pass numérique – API', css: [{ filename: 'pass.css', content: '.swagger-ui .topbar { display: none }' }] },
    logLevel: 'warn',
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
