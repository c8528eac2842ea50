import type { Session } from '@pass/contracts/session.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { dropKeptSessionOfOthers, eraseKeptSession, keepSession, keptSession, keptState } from './kept-session.ts'

const T0 = Date.parse('2026-03-10T08:00:00Z')
const HOUR = 3_600_000
const sessionOf = (id: string, rest: Partial<Session> = {}): Session =>
  ({
    utilisateur: { id },
    guichet: false,
    poste: null,
    consultation: null,
    maintenant: new Date(T0).toISOString(),
    inactiviteMinutes: 30,
    restantSecondes: 600,
    ...rest,
  }) as unknown as Session

let kept = new Map<string, string>()
beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

test('a session opens without network for 72 hours, its clock brought forward', () => {
  keepSession(sessionOf('u1'), T0)
  expect(keptSession(T0 + 2 * HOUR)).toMatchObject({
    utilisateur: { id: 'u1' },
    maintenant: new Date(T0 + 2 * HOUR).toISOString(),
    restantSecondes: 70 * 3600,
  })
  expect(keptSession(T0 + 72 * HOUR)).toBeNull()
  expect(keptSession(T0 - 2 * HOUR), 'a clock set back').toBeNull()
  expect(keptState()).toBe('gardee')
})

test('signed out, it is erased; never written, it is lost: only then may a copy stand for it', () => {
  expect(keptState()).toBe('perdue')
  keepSession(sessionOf('u1'), T0)
  eraseKeptSession()
  expect([keptSession(T0), keptState()]).toEqual([null, 'effacee'])
  expect(JSON.stringify([...kept])).not.toContain('u1')
})

test('somebody else’s is dropped, one’s own stays; on a shared desk nothing is kept', () => {
  keepSession(sessionOf('u1'), T0)
  dropKeptSessionOfOthers('u1')
  expect(keptState()).toBe('gardee')
  dropKeptSessionOfOthers('u2')
  expect([keptSession(T0), keptState()]).toEqual([null, 'effacee'])
  keepSession(sessionOf('u1', { guichet: true }), T0)
  expect(keptState()).toBe('effacee')
})

test('a browser that forbids storage keeps nothing, and brings nothing back', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('forbidden')
    },
    setItem: () => {
      throw new Error('forbidden')
    },
  })
  keepSession(sessionOf('u1'), T0)
  eraseKeptSession()
  expect([keptSession(T0), keptState()]).toEqual([null, 'effacee'])
})
