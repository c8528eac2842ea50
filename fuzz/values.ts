import fc, { type Arbitrary } from 'fast-check'

/** The part of JSON Schema that the documentation of the API uses. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  pattern?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

/** Known identifiers: a random one opens nothing, and half of the bugs wait behind a row that exists. */
export type Pool = { ids: readonly string[]; named: Readonly<Record<string, string>> }

const DAYS = ['2026-03-10', '2024-02-29', '1900-01-01', '9999-12-31', '2026-12-31', '2025-02-28']
const TEXTS = [
  'Ada Martin',
  'é'.repeat(30),
  '=1+1',
  "O'Brien; drop table carnet",
  '<script>alert(1)</script>',
  '\u202eabc',
  '😀',
  ' ',
  'PN 26-0000001-N',
  '１２３',
]

const within = (value: number, { minimum = -(2 ** 53) + 1, maximum = 2 ** 53 - 1 }: Schema) => value >= minimum && value <= maximum
const integers = (schema: Schema): Arbitrary<number> => {
  const { minimum = -1000, maximum = 1_000_000 } = schema
  const edges = [minimum, minimum + 1, maximum, maximum - 1, 0, 1, 2_147_483_647, 2_147_483_648].filter((edge) => within(edge, schema))
  return fc.oneof(fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) }), fc.constantFrom(...edges))
}

const strings = (schema: Schema, pool: Pool, name: string): Arbitrary<string> => {
  const { format, pattern, minLength = 0, maxLength = 60 } = schema
  const known = pool.named[name]
  if (format === 'uuid')
    return fc.oneof(
      ...(known ? [{ weight: 6, arbitrary: fc.constant(known) }] : []),
      { weight: 3, arbitrary: fc.constantFrom(...pool.ids) },
      { weight: 1, arbitrary: fc.uuid() },
    )
  if (format === 'date') return fc.constantFrom(...DAYS)
  if (format === 'date-time') return fc.constantFrom('2026-03-10T08:00:00.000Z', '2024-02-29T23:59:59.999Z')
  if (format === 'email') return fc.oneof(fc.constantFrom('ada.martin@exemple.fr', 'structure-mediateur@exemple.fr'), fc.emailAddress())
  if (pattern && !/\(\?[=!<]/.test(pattern)) return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= 4096)
  const text = fc.oneof(
    fc.constantFrom(...TEXTS, ...(known ? [known] : [])),
    fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 80) }),
  )
  return text.map((one) => one.padEnd(minLength, 'x').slice(0, maxLength))
}

const typeOf = ({ type, properties, items }: Schema): string | undefined =>
  Array.isArray(type) ? type.find((one) => one !== 'null') : (type ?? (properties ? 'object' : items ? 'array' : undefined))

const objects = (schema: Schema, pool: Pool, refs: Record<string, Schema>, depth: number): Arbitrary<unknown> => {
  const { properties = {}, required = [] } = schema
  const fields = Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, valueOf(one, pool, refs, key, depth + 1)]))
  return fc.record(fields, { requiredKeys: required.filter((key) => key in fields) })
}

/** Values that a schema accepts, or nearly: the rules beyond the schema are the server's to hold. */
export const valueOf = (schema: Schema, pool: Pool, refs: Record<string, Schema>, name = '', depth = 0): Arbitrary<unknown> => {
  if (schema.$ref) return valueOf(refs[schema.$ref.split('/').at(-1)!] ?? {}, pool, refs, name, depth + 1)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((one) => valueOf(one, pool, refs, name, depth + 1)))
  if (schema.allOf?.[0]) return valueOf(schema.allOf[0], pool, refs, name, depth + 1)
  const isNullable = Array.isArray(schema.type) && schema.type.includes('null')
  const plain = plainOf(schema, pool, refs, name, depth)
  return isNullable ? fc.option(plain) : plain
}

const plainOf = (schema: Schema, pool: Pool, refs: Record<string, Schema>, name: string, depth: number): Arbitrary<unknown> => {
  switch (typeOf(schema)) {
    case 'string':
      return strings(schema, pool, name)
    case 'integer':
      return integers(schema)
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 5 } = schema
      return fc.array(valueOf(items, pool, refs, name, depth + 1), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, 5)),
      })
    }
    case 'object':
      return depth > 8 ? fc.constant({}) : objects(schema, pool, refs, depth)
    default:
      return fc.constantFrom(null, 'texte', 0, {}, [])
  }
}
