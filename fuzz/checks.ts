import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { DROITS } from '../packages/domain/src/droits.ts'
import { PEOPLE } from '../prisma/seed/base/ids.ts'
import { CANARIES } from '../apps/api/test/walks/canaries.ts'
import { isStranger, type Who } from './people.ts'
import type { Document, Operation, Request } from './requests.ts'
import { describedIn } from './requests.ts'
import type { Written } from './watch.ts'

export type Answer = { status: number; body: string; headers: Record<string, string | undefined>; milliseconds: number }
/** What is wrong with an answer, by check. */
export type Finding = { check: string; detail: string }

const INTERNALS =
  /prisma|postgres|sqlstate|relation "|column "|constraint "|\bat \w[\w.]* \(|node_modules|\/src\/|\$argon2|BEGIN PRIVATE|otpauth:\/\/.*otpauth:/i

/**
 * Written by a refused call too: the journal, the stored refusals, what counts attempts or burns a challenge once shown, and what became
 * of an act queued on a device: its place reads there why it was refused.
 */
const KEPT_ON_REFUSAL = new Set([
  'audit_event',
  'idempotence',
  'tentative',
  'essai_code',
  'defi',
  'jeton',
  'pin',
  'proconnect',
  'acte_differe',
])
/** Written by a read: the journal of whoever looks. */
const KEPT_ON_READ = new Set(['audit_event'])

const side = (who: Who) => (isStranger(who) || who.startsWith('anct.') ? null : who.startsWith('autre:') ? CANARIES.t1 : CANARIES.t2)

const leaks = ({ who, path, body, headers }: Request, answer: Answer): Finding[] => {
  const sent = `${path} ${body ?? ''} ${JSON.stringify(headers)}`
  return (side(who) ?? [])
    .filter((canary) => answer.body.includes(canary) && !sent.includes(canary))
    .map((canary) => ({ check: 'canari', detail: canary }))
}

const isAllowed = (who: Who, droit: string) =>
  !isStranger(who) && ((DROITS as Record<string, readonly string[]>)[droit] ?? []).includes(PEOPLE[who].role)

/**
 * Whoever has no session is told so (401), whoever lacks the droit too (403), and nothing else. Before that come a page of another
 * site (403), an address that is no route's (400, 404) and a tab that believes in another adhesion (409).
 */
const access = (operation: Operation, { who, headers, method }: Request, { status }: Answer): Finding[] => {
  if (operation['x-droit'] === 'public' || (isAllowed(who, operation['x-droit']) && !isStranger(who))) return []
  const isForeign = headers.origin !== undefined && method !== 'GET'
  const expected = isForeign ? 403 : isStranger(who) ? 401 : 403
  const isEarlier = status === 400 || status === 404 || (status === 409 && headers['x-adhesion'] !== undefined && !isStranger(who))
  return status === expected || isEarlier ? [] : [{ check: 'authentification', detail: `${status} pour ${who}, ${expected} attendu` }]
}

const changes = (operation: Operation, { status }: Answer, written: Written): Finding[] => {
  const allowed = status >= 400 ? KEPT_ON_REFUSAL : operation['x-effet'] === 'read' ? KEPT_ON_READ : null
  const tables = allowed ? [...written.keys()].filter((name) => !allowed.has(name)) : []
  return tables.length > 0 ? [{ check: 'changement', detail: `${status} écrit ${tables.join(', ')}` }] : []
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const headersOf = ({ headers, status }: Answer): Finding[] => [
  ...(headers['cache-control'] === 'no-store' ? [] : [{ check: 'entete', detail: `cache-control ${headers['cache-control']}` }]),
  ...(headers['x-request-id'] ? [] : [{ check: 'entete', detail: 'x-request-id absent' }]),
  ...((status === 429 || status === 503) && !headers['retry-after'] ? [{ check: 'entete', detail: `${status} sans retry-after` }] : []),
]

/** The checks of T7 on one answer, from what the documentation says of the operation. */
export const checksOf = (document: Document) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'doc', components: document.components ?? {} })
  const operations = new Map(describedIn(document).map(({ operation }) => [operation.operationId, operation]))
  const validators = new Map<string, ValidateFunction>()
  const validatorOf = (name: string, status: number, type: string): ValidateFunction | undefined => {
    const schema = operations.get(name)!.responses[String(status)]?.content?.[type]?.schema
    if (!schema) return undefined
    const key = `${name} ${status}`
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"doc#/components')) as object
    const validate = validators.get(key) ?? ajv.compile(absolute)
    validators.set(key, validate)
    return validate
  }

  const shape = ({ name }: Request, { status, body, headers }: Answer): Finding[] => {
    const operation = operations.get(name)!
    if (!operation.responses[String(status)]) return [{ check: 'statut', detail: `${status} n’est pas documenté` }]
    const type = (headers['content-type'] ?? '').split(';')[0]!
    if (status >= 400 && type !== 'application/problem+json') return [{ check: 'forme', detail: `${status} en ${type}` }]
    if (!type.endsWith('json') || headers['content-disposition']) return []
    const validate = validatorOf(name, status, type)
    if (!validate) return status < 300 || status >= 400 ? [{ check: 'forme', detail: `${status} ${type} sans schéma` }] : []
    const value = parsed(body)
    if (value === undefined) return [{ check: 'forme', detail: `${status} n’est pas du JSON` }]
    return validate(value) ? [] : [{ check: 'forme', detail: `${status} ${ajv.errorsText(validate.errors).slice(0, 200)}` }]
  }

  return (request: Request, answer: Answer, written: Written): Finding[] => {
    const operation = operations.get(request.name)!
    const { status, body, headers, milliseconds } = answer
    if (status >= 500) return [{ check: 'panne', detail: `${status} ${body.slice(0, 200)}` }]
    const isText = !headers['content-disposition']
    return [
      ...shape(request, answer),
      ...access(operation, request, answer),
      ...changes(operation, answer, written),
      ...headersOf(answer),
      ...(isText ? leaks(request, answer) : []),
      ...(status >= 400 && INTERNALS.test(body) ? [{ check: 'interne', detail: body.slice(0, 200) }] : []),
      ...(milliseconds > 10_000 ? [{ check: 'lenteur', detail: `${Math.round(milliseconds)} ms` }] : []),
    ]
  }
}
