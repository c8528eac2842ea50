import { createHash, createHmac } from 'node:crypto'
import { refuse } from '@pass/domain/refusal.ts'
import type { FastifyRequest } from 'fastify'
import { uuidOf } from './auth/authenticate.ts'
import { Refused } from './errors.ts'
import type { ParsedInput } from './parse.ts'
import type { Secrets } from './secrets.ts'

/** The same text for the same value, whatever the order of its keys. */
const stable = (value: unknown): string => {
  // a file is as good as its digest
  if (value instanceof Uint8Array) return createHash('sha256').update(value).digest('hex')
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? 'null')
  return `{${Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${stable(one)}`)
    .join(',')}}`
}

/** What a key stands for: the same key with another input is a fault of the client. Keyed: a body may hold a password or a PIN. */
export const hashOf = ({ empreintes }: Pick<Secrets, 'empreintes'>, input: ParsedInput): Buffer =>
  createHmac('sha256', empreintes)
    .update(stable([input.params ?? null, input.query ?? null, input.body ?? null]))
    .digest()

/** The `Idempotency-Key` of a write. @throws 400 `cle_manquante` */
export const keyOf = (request: FastifyRequest): string => {
  const key = uuidOf(request.headers['idempotency-key'])
  if (!key) throw new Refused(refuse('cle_manquante'), 400)
  return key
}

const UUID_KEY = /(^id|Id|Ids)$/

/** The identifiers of an input or output, for the journal: no name, no text, no code. */
export const identifiersIn = (...values: unknown[]): Record<string, string | string[]> => {
  const ids: Record<string, string | string[]> = {}
  for (const value of values) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) continue
    for (const [name, one] of Object.entries(value)) {
      if (!UUID_KEY.test(name)) continue
      if (uuidOf(one)) ids[name] ??= one
      else if (Array.isArray(one) && one.length > 0 && one.every((each) => uuidOf(each))) ids[name] ??= one
    }
  }
  return ids
}
