import { randomBytes, randomUUID } from 'node:crypto'
import { generateSecret, generateSync } from 'otplib'
import { expect, test } from 'vitest'
import { openTotp, sealTotp, stepOf } from './totp.ts'

const secrets = { facteurs: { id: 1, key: randomBytes(32) } } as Parameters<typeof sealTotp>[0]
const AT = Date.parse('2026-03-10T08:00:10.000Z')
const STEP = Math.floor(AT / 30_000)

test('a sealed secret opens for its person only, and only as it was sealed', () => {
  const [ada, ali] = [randomUUID(), randomUUID()]
  const secret = generateSecret({ length: 20 })
  const sealed = sealTotp(secrets, ada, secret)
  expect(sealed.includes(Buffer.from(secret))).toBe(false)
  expect(openTotp(secrets, ada, { secret: sealed, cle_id: 1 })).toBe(secret)
  expect(() => openTotp(secrets, ali, { secret: sealed, cle_id: 1 })).toThrow('authenticate')
  expect(() => openTotp(secrets, ada, { secret: sealed, cle_id: 2 })).toThrow('unknown key')
  sealed[30]! ^= 1
  expect(() => openTotp(secrets, ada, { secret: sealed, cle_id: 1 })).toThrow('authenticate')
})

test.each([
  [-60, null],
  [-30, STEP - 1],
  [0, STEP],
  [30, STEP + 1],
  [60, null],
])('a code made %i seconds away', (seconds, step) => {
  // a fixed secret whose codes around this instant all differ
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const code = generateSync({ secret, epoch: AT / 1000 + seconds })
  expect(stepOf(secret, code, AT)).toBe(step)
})

test('the vectors of RFC 6238 (SHA-1), on 6 digits', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  for (const [seconds, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ] as const)
    expect(stepOf(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30))
})
