import type { Route } from '@pass/contracts/route.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { z } from 'zod'
import { Refused } from './errors.ts'
import { frenchIssue } from './french-issues.ts'
import { coerceTexts, needStrict } from './strict.ts'
import { uploadOf } from './upload.ts'

type Fault = { chemin: string; message: string }
export type RawInput = { params: unknown; query: unknown; body: unknown }
export type ParsedInput = { params: unknown; query: unknown; body: unknown }

const MAX_DEPTH = 12
const MAX_TEXT = 20_000

const malformed = (erreurs: Fault[], message?: string) =>
  new Refused(refuse('demande_malformee', message ?? erreurs[0]?.message, erreurs), 400)

/** The same value with its texts in NFC. Refuses U+0000, half surrogates, endless texts and nesting. */
const clean = (value: unknown, path: string[], faults: Fault[]): unknown => {
  const fault = (message: string) => void faults.push({ chemin: path.join('.'), message })
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) fault('Ce texte contient un caractère interdit. Saisissez-le de nouveau au clavier.')
    else if (value.length > MAX_TEXT) fault('Ce texte est trop long.')
    return value.normalize('NFC')
  }
  if (typeof value === 'number' && !Number.isFinite(value)) fault('Ce nombre est trop grand.')
  if (value === null || typeof value !== 'object') return value
  if (path.length >= MAX_DEPTH) return fault('Cette demande est trop imbriquée.')
  if (Array.isArray(value)) return value.map((one, i) => clean(one, [...path, String(i)], faults))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one, [...path, key.slice(0, 40)], faults)]))
}

const faultsOf = (error: z.ZodError): Fault[] =>
  error.issues.slice(0, 50).map(({ path, message }) => ({ chemin: path.map(String).join('.'), message }))

type Parts = { params: z.ZodObject | undefined; query: z.ZodObject | undefined; body: z.ZodObject | undefined }

const parsePart = (schema: z.ZodObject | undefined, raw: unknown, isText: boolean): unknown => {
  if (!schema) return undefined
  const faults: Fault[] = []
  const value = clean(raw, [], faults)
  if (faults.length > 0) throw malformed(faults)
  const parsed = schema.safeParse(isText ? coerceTexts(schema, value as Record<string, unknown>) : value, { error: frenchIssue })
  if (!parsed.success) throw malformed(faultsOf(parsed.error))
  return parsed.data
}

const needNothing = (raw: unknown, what: string) => {
  const fields = raw !== null && typeof raw === 'object' ? Object.keys(raw) : []
  if (fields.length > 0) throw malformed([{ chemin: fields[0]!.slice(0, 40), message: `${what}\u00a0: ${fields[0]!.slice(0, 40)}.` }])
  if (raw !== undefined && raw !== null && typeof raw !== 'object') throw malformed([{ chemin: '', message: `${what}.` }])
}

/**
 * The validation of a route: unknown fields refused everywhere, texts in NFC, query and path read from text, bodies never
 * coerced. The parser throws a 400 `demande_malformee` with a French sentence for each field.
 */
export const parserOf = (name: string, route: Route): ((raw: RawInput) => ParsedInput) => {
  if (route.body) needStrict(route.body, `${name}: body`)
  const parts: Parts = { params: route.params?.strict(), query: route.query?.strict(), body: route.body }
  return (raw) => {
    const params = parsePart(parts.params, raw.params, true)
    if (!parts.query) needNothing(raw.query, 'Paramètre inconnu dans l’adresse')
    const query = parsePart(parts.query, raw.query, true)
    if (route.kind === 'upload') return { params, query, body: uploadOf(route, raw.body) }
    if (!parts.body) needNothing(raw.body, 'Champ inconnu')
    else if (raw.body === undefined || raw.body === null) throw malformed([], 'La demande est vide. Envoyez un objet JSON avec ses champs.')
    return { params, query, body: parsePart(parts.body, raw.body, false) }
  }
}
