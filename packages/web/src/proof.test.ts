import { afterEach, expect, test, vi } from 'vitest'
import { answerProof, askProof, ensureProof, isProofAsked, noteProof, onProofChange } from './proof.ts'

afterEach(() => vi.useRealTimers())

test('nobody to ask: the refusal goes back at once', async () => {
  await expect(askProof()).resolves.toBe(false)
  expect(isProofAsked()).toBe(false)
})

test('calls that wait together share one question and its answer', async () => {
  const leave = onProofChange(() => {})
  const both = Promise.all([askProof(), askProof()])
  expect(isProofAsked()).toBe(true)
  answerProof(true)
  await expect(both).resolves.toEqual([true, true])
  expect(isProofAsked()).toBe(false)
  const later = askProof()
  answerProof(false)
  await expect(later).resolves.toBe(false)
  leave()
})

test('a file leaves at once while the proof holds, a little less than it really does', async () => {
  vi.useFakeTimers({ now: 0 })
  noteProof(600)
  vi.setSystemTime(579_000)
  await expect(ensureProof()).resolves.toBe(true)
  vi.setSystemTime(581_000)
  await expect(ensureProof()).resolves.toBe(false) // no dialog here: asked, nobody answers
})
