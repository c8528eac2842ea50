import { z } from 'zod'

type Def = z.core.$ZodTypeDef & {
  shape?: Record<string, z.ZodType>
  catchall?: z.ZodType
  element?: z.ZodType
  innerType?: z.ZodType
  in?: z.ZodType
  out?: z.ZodType
  options?: readonly z.ZodType[]
  items?: readonly z.ZodType[]
  valueType?: z.ZodType
  left?: z.ZodType
  right?: z.ZodType
  values?: readonly unknown[]
}
const defOf = (schema: z.ZodType) => schema.def as Def

/** Every object of a body refuses what it does not know. @throws at registration, naming the place. */
export const needStrict = (schema: z.ZodType, where: string): void => {
  const def = defOf(schema)
  if (def.type === 'object' && (def.catchall === undefined || defOf(def.catchall).type !== 'never'))
    throw new Error(`${where}: z.object would drop unknown fields in silence, write z.strictObject`)
  for (const [key, child] of Object.entries(def.shape ?? {})) needStrict(child, `${where}.${key}`)
  const children = [
    def.element,
    def.innerType,
    def.in,
    def.out,
    def.valueType,
    def.left,
    def.right,
    ...(def.options ?? []),
    ...(def.items ?? []),
  ]
  for (const child of children) if (child instanceof z.ZodType) needStrict(child, where)
}

/** What a text of a query or of a path may stand for, through optional, default, union… */
const acceptedBy = (schema: z.ZodType): Set<string> => {
  const def = defOf(schema)
  if (def.type === 'literal') return new Set((def.values ?? []).map((value) => typeof value))
  const inner = [def.innerType, def.in, ...(def.options ?? [])].filter((child) => child instanceof z.ZodType)
  return inner.length > 0 ? new Set(inner.flatMap((child) => [...acceptedBy(child)])) : new Set([def.type])
}

const ofText = (text: string, accepted: Set<string>): unknown => {
  if (accepted.has('string') || accepted.has('enum')) return text
  if (accepted.has('number') && /^-?\d{1,16}(\.\d{1,9})?$/.test(text)) return Number(text)
  if (accepted.has('bigint') && /^-?\d{1,19}$/.test(text)) return BigInt(text)
  if (accepted.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

const elementOf = (schema: z.ZodType): z.ZodType | undefined => {
  const def = defOf(schema)
  if (def.type === 'array') return def.element
  const inner = def.innerType ?? def.in
  return inner instanceof z.ZodType ? elementOf(inner) : undefined
}

/** Reads numbers, booleans and lists of a query or path, written as text, the way its schema wants them. Bodies are never coerced. */
export const coerceTexts = (schema: z.ZodObject, raw: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(raw).map(([key, value]) => {
      const child: z.ZodType | undefined = Object.hasOwn(schema.shape, key) ? (schema.shape[key] as z.ZodType) : undefined
      if (!child) return [key, value]
      const element = elementOf(child)
      if (element) return [key, [value].flat().map((one) => (typeof one === 'string' ? ofText(one, acceptedBy(element)) : one))]
      return [key, typeof value === 'string' ? ofText(value, acceptedBy(child)) : value]
    }),
  )
