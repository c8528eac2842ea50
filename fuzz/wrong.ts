import fc, { type Arbitrary } from 'fast-check'

/** Values that no field of the API expects, where it expects something else. */
const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  'null',
  '\u0000',
  '\ud800',
  'a'.repeat(30_000),
  '../../etc/passwd',
  "' or 1=1 --",
  '{{7*7}}',
  '\r\nSet-Cookie: a=b',
  [],
  {},
  [[[[[[[[[[[[[[1]]]]]]]]]]]]]],
  { $ne: null },
]
const KEYS = ['__proto__', 'constructor', 'organisationId', 'collectivite_id', 'role', 'statut', 'id', 'inconnu']

type Path = (string | number)[]
const pathsIn = (value: unknown, path: Path = []): Path[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, one]) => [[...path, key], ...pathsIn(one, [...path, key])])
    : []

const copy = (value: unknown): unknown => structuredClone(value)
const holderOf = (root: unknown, path: Path) => path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], root)

const replaced = (value: unknown, path: Path, junk: unknown) => {
  const root = copy(value)
  Object.assign(holderOf(root, path) as object, { [path.at(-1)!]: junk })
  return root
}
const without = (value: unknown, path: Path) => {
  const root = copy(value)
  Reflect.deleteProperty(holderOf(root, path) as object, path.at(-1)!)
  return root
}

/** The same body with one thing wrong: a field gone, replaced, added, or the whole of it something else. */
export const oneWrong = (value: unknown): Arbitrary<unknown> => {
  const paths = pathsIn(value)
  const whole = fc.constantFrom(...JUNK)
  const added = fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...JUNK)).map(([key, junk]) => {
    const root = copy(value) as object
    // an own field, as a parser of JSON makes it, `__proto__` included
    return Object.defineProperty(root, key, { value: junk, enumerable: true, configurable: true, writable: true })
  })
  if (paths.length === 0) return fc.oneof(whole, ...(value !== null && typeof value === 'object' && !Array.isArray(value) ? [added] : []))
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...JUNK)).map(([path, junk]) => replaced(value, path, junk)),
    },
    { weight: 2, arbitrary: fc.constantFrom(...paths).map((path) => without(value, path)) },
    { weight: 2, arbitrary: added },
    { weight: 1, arbitrary: whole },
  )
}

/** Bodies that are no JSON of ours. */
export const RAW_BODIES: readonly { type: string | undefined; text: string }[] = [
  { type: 'application/json', text: '{' },
  { type: 'application/json', text: '' },
  { type: 'application/json', text: '"a' },
  { type: 'application/json', text: '{"a":1}{"b":2}' },
  { type: 'application/json', text: `{"a":"${'x'.repeat(70_000)}"}` },
  { type: 'application/json', text: `${'['.repeat(5000)}${']'.repeat(5000)}` },
  { type: 'application/json; charset=utf-16', text: '{}' },
  { type: 'text/plain', text: 'bonjour' },
  { type: 'application/xml', text: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
  { type: 'application/x-www-form-urlencoded', text: 'a=1&b=2' },
  { type: 'multipart/form-data; boundary=x', text: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--' },
  { type: undefined, text: '{}' },
]

/** Files that an upload takes, and that it does not, whatever they are called. */
export const FILES: readonly { type: string; text: string }[] = [
  { type: 'application/pdf', text: '%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF\n' },
  { type: 'application/octet-stream', text: '%PDF-1.4\ntrailer\n%%EOF' },
  { type: 'text/csv', text: 'numero;nom\n1;=1+1\n' },
  { type: 'application/pdf', text: 'MZ\u0000\u0003This program cannot be run in DOS mode' },
  { type: 'image/png', text: '<svg onload="alert(1)"/>' },
  { type: 'application/pdf', text: '%PDF-1.7 that ends nowhere' },
  { type: 'application/pdf', text: '' },
]
