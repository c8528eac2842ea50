import type { Route } from '@pass/contracts/route.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  example?: unknown
  examples?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  minimum?: number
  minLength?: number
}
type Media = { schema?: Schema; example?: unknown }
type Operation = {
  operationId?: string
  parameters?: { name: string; in: string; schema?: Schema; example?: unknown }[]
  requestBody?: { content: Record<string, Media> }
  responses?: Record<string, { content?: Record<string, Media> }>
}
export type Document = { paths?: Record<string, Record<string, Operation>>; components?: { schemas?: Record<string, Schema> } }

const FORMATS: Record<string, string> = {
  uuid: '0192d1c0-0000-7000-8000-000000000001',
  date: '2026-03-10',
  'date-time': '2026-03-10T08:00:00.000Z',
  time: '14:30:00',
  email: 'prenom.nom@exemple.fr',
  uri: 'https://exemple.fr',
}

const simple = ({ type, format, minimum, minLength }: Schema): unknown => {
  const kind = Array.isArray(type) ? type.find((one) => one !== 'null') : type
  if (kind === 'string') return FORMATS[format ?? ''] ?? 'texte'.padEnd(minLength ?? 0, ' …')
  if (kind === 'integer' || kind === 'number') return Math.max(1, minimum ?? 1)
  return kind === 'boolean' ? true : null
}

/** A value that a schema accepts, near enough to be read. */
const sampler = (schemas: Record<string, Schema>) => {
  const sample = (schema: Schema, depth = 0): unknown => {
    const given = [schema.example, schema.examples?.[0], schema.const, schema.enum?.[0], schema.default].find((one) => one !== undefined)
    if (given !== undefined || depth > 8) return given ?? null
    if (schema.$ref) return sample(schemas[schema.$ref.split('/').at(-1)!] ?? {}, depth + 1)
    const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0]
    if (choice) return sample(choice, depth + 1)
    if (schema.items) return [sample(schema.items, depth + 1)]
    if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([key, one]) => [key, sample(one, depth + 1)]))
    return simple(schema)
  }
  return sample
}

type Header = { name: string; in: string }

const NAME_HEADER = {
  name: 'X-Nom-Fichier',
  in: 'header',
  required: false,
  description: 'Nom du fichier, encodé comme dans une adresse (encodeURIComponent).',
  schema: { type: 'string', maxLength: 400 },
  example: 'feuille.pdf',
}

/** Gives every operation its examples (the route's own body, else a value made from the schema) and the header of its key. */
export const illustrate = (document: Document, routes: Record<string, Route>, keyHeader: Header): Document => {
  const sample = sampler(document.components?.schemas ?? {})
  for (const operation of Object.values(document.paths ?? {}).flatMap((path) => Object.values(path))) {
    const route = routes[operation.operationId ?? '']
    if (!route) continue
    for (const parameter of operation.parameters ?? []) parameter.example = sample(parameter.schema ?? {})
    if (route.effect === 'write') operation.parameters = [...(operation.parameters ?? []), keyHeader]
    if (route.kind === 'upload') operation.parameters = [...(operation.parameters ?? []), NAME_HEADER]
    for (const media of Object.values(operation.requestBody?.content ?? {})) media.example = route.example ?? sample(media.schema ?? {})
    const success = operation.responses?.[String(route.status ?? 200)]
    for (const [type, media] of Object.entries(success?.content ?? {}))
      if (type === 'application/json') media.example = sample(media.schema ?? {})
  }
  return document
}
