import type { z } from 'zod'

type Schema = z.ZodType
type Def = { type: string; innerType?: Schema; in?: Schema; element?: Schema; shape?: Record<string, Schema> }

const defOf = (schema: Schema): Def => schema._zod.def

// What stands inside optional(), nullable(), default(), transform()…
const bareDef = (schema: Schema): Def => {
  const def = defOf(schema)
  const inner = def.innerType ?? def.in
  return inner ? bareDef(inner) : def
}

const accepts = (schema: Schema, value: unknown): boolean => schema.safeParse(value).success

const emptyOf = (schema: Schema, value: unknown): unknown => {
  if (accepts(schema, undefined)) return undefined
  return accepts(schema, null) ? null : value
}

const readText = (type: string, text: string): unknown => {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if ((type === 'number' || type === 'int') && /^-?\d+$/.test(text)) return Number(text)
  return text
}

const prepareObject = (shape: Record<string, Schema>, values: Record<string, unknown>): Record<string, unknown> => {
  const prepared: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(shape), ...Object.keys(values)])) {
    const field = shape[name]
    const ready = field ? prepare(field, values[name]) : values[name]
    if (ready !== undefined) prepared[name] = ready
  }
  return prepared
}

/**
 * The values of the boxes as the contract wants them: an empty box is absent (or null) where the contract allows it, the
 * answer of a radio button is a boolean or a number where the contract has one. Nothing else is changed: the contract judges.
 */
export const prepare = (schema: Schema, value: unknown): unknown => {
  if (value === '' || value === undefined || value === null) return emptyOf(schema, value)
  const { type, element, shape } = bareDef(schema)
  if (typeof value === 'string') return readText(type, value)
  if (Array.isArray(value)) return element ? value.map((one) => prepare(element, one)) : value
  if (shape && typeof value === 'object') return prepareObject(shape, value as Record<string, unknown>)
  return value
}
