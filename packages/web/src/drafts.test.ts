import { beforeEach, expect, test, vi } from 'vitest'
import { codeOf, formatCode } from '@pass/domain/codes.ts'
import { draftOf, dropDraft, eraseTab, keepDrafts, setDraftOwner, watchDraft, withoutSecrets } from './drafts.ts'

const ADA = { utilisateurId: 'ada', adhesionId: 'a1' }
const LOU = { utilisateurId: 'lou', adhesionId: 'a2' }
const PASS = formatCode(codeOf(new Uint8Array([1, 2, 3, 4, 5, 6, 7])))

const page = { pathname: '/prescripteur/remettre' }
const kept = new Map<string, string>()
vi.stubGlobal('location', page)
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
  clear: () => kept.clear(),
})

beforeEach(() => {
  kept.clear()
  page.pathname = '/prescripteur/remettre'
})

test('nothing is written until the session ends; then the same person finds it once, on the same page', () => {
  setDraftOwner(ADA)
  const unwatch = watchDraft('form', () => ({ motif: 'bonjour' }))
  expect(kept.size).toBe(0)
  keepDrafts()
  unwatch()
  page.pathname = '/prescripteur/'
  expect(draftOf('form')).toBeUndefined()
  page.pathname = '/prescripteur/remettre'
  expect(draftOf('form')).toEqual({ motif: 'bonjour' })
  dropDraft('form')
  expect(kept.size).toBe(0)
})

test('another person signing in erases it, even for the first one coming back', () => {
  setDraftOwner(ADA)
  const unwatch = watchDraft('form', () => ({ motif: 'bonjour' }))
  keepDrafts()
  unwatch()
  setDraftOwner(LOU)
  expect(kept.size).toBe(0)
  setDraftOwner(ADA)
  expect(draftOf('form')).toBeUndefined()
})

test('in another organisation the same person does not meet it, and it waits', () => {
  setDraftOwner(ADA)
  const unwatch = watchDraft('form', () => ({ motif: 'bonjour' }))
  keepDrafts()
  unwatch()
  setDraftOwner({ ...ADA, adhesionId: 'a9' })
  expect(draftOf('form')).toBeUndefined()
  setDraftOwner(ADA)
  expect(draftOf('form')).toEqual({ motif: 'bonjour' })
  eraseTab()
  expect(draftOf('form')).toBeUndefined()
})

test('an untouched form and a form of secrets alone leave nothing', () => {
  setDraftOwner(ADA)
  const unwatch = [watchDraft('a', () => undefined), watchDraft('b', () => withoutSecrets({ motDePasse: 'x', pin: '123456' }))]
  keepDrafts()
  for (const stop of unwatch) stop()
  expect(kept.size).toBe(0)
})

test('passwords, codes and pass numbers are left out, wherever they were typed', () => {
  expect(
    withoutSecrets(
      {
        nom: 'Martin',
        communeCode: '23096',
        motDePasse: 'x',
        code: '123456',
        numero: PASS,
        note: `Le pass ${PASS.toLowerCase()} est déchiré.`,
        phrase: 'Les participants attendent.',
        lignes: [{ pin: '111111', rang: 1 }, PASS],
        cache: { mot: 'y' },
      },
      new Set(['cache.mot']),
    ),
  ).toEqual({ nom: 'Martin', communeCode: '23096', phrase: 'Les participants attendent.', lignes: [{ rang: 1 }, ''], cache: {} })
})
