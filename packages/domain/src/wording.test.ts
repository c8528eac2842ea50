import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { REFUSAL_CODES } from './refusal-codes.ts'
import { REFUSAL_MESSAGES, refuse } from './refusal.ts'

/** Every constant exported by the nouns; their functions are skipped. */
const FILES = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
const MODULES = await Promise.all(
  FILES.map(async (file) => [file, (await import(/* @vite-ignore */ `./${file}`)) as Record<string, unknown>] as const),
)

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
/** What a person reads, as opposed to a code: a capital or a space. */
const isRead = (text: string) => /^[A-ZÀ-Ü]|\s/.test(text)
const TEXTS = MODULES.flatMap(([file, exports]) =>
  Object.entries(exports).flatMap(([name, value]) =>
    textsOf(value)
      .filter(isRead)
      .map((text) => ({ where: `${file} ${name}`, text })),
  ),
)

test('there is something to read', () => {
  expect(TEXTS.length).toBeGreaterThan(250)
})
test.each([
  ['a plain space before : ; ! ? %', / [:;!?%»]/],
  ['no space before : ; ! ?', /[^\s\d][;!?]|[^\s\d/]:(?!\/)/],
  ['a straight apostrophe', /[a-zA-ZÀ-ÿ]'[a-zA-ZÀ-ÿ]/],
  ['a narrow space, which built-in PDF fonts lack', /\u202f/],
  ['a plain space inside « »', /« | »/],
  ['a middle dot', /·/],
  ['a word that is not in the glossary', /\b(chéquier|chèque|coupon|séance|usager|client|aiguilleur|token|tenant|injecter)\b/i],
])('no text has %s', (_, fault) => {
  expect(TEXTS.filter(({ text }) => fault.test(text.replace(/Mo-Fr [\d:,-]+/, '')))).toEqual([])
})
test('every code has its sentence, and each ends as a sentence', () => {
  expect(new Set(REFUSAL_CODES).size).toBe(REFUSAL_CODES.length)
  expect(Object.values(REFUSAL_MESSAGES).filter((message) => !/^[A-ZÀ-Ü].*\.$/.test(message))).toEqual([])
  expect(refuse('code_inconnu')).toEqual({ code: 'code_inconnu', message: REFUSAL_MESSAGES.code_inconnu })
  expect(refuse('nir_refuse', 'Non.', [{ chemin: 'nom', message: 'Non.' }])).toEqual({
    code: 'nir_refuse',
    message: 'Non.',
    erreurs: [{ chemin: 'nom', message: 'Non.' }],
  })
})
test('every statut has a label', () => {
  const lists = MODULES.flatMap(([, exports]) =>
    Object.keys(exports)
      .filter((name) => name.endsWith('_STATUTS'))
      .map((name) => ({ name, exports })),
  )
  expect(lists.length).toBeGreaterThan(10)
  for (const { name, exports } of lists) {
    const labels = exports[name.replace(/S$/, '_LABELS')] ?? exports[name.replace(/_STATUTS$/, '_LABELS')]
    expect({ name, values: Object.keys(labels as object) }).toEqual({ name, values: exports[name] })
  }
})
