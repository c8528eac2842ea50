import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf } from './codes.ts'
import { addDays } from './days.ts'
import { decodePayload, encodePayload, joinSignature, QR_PAYLOAD_BYTES } from './qr.ts'

const SIGNATURE = new Uint8Array(64).fill(7)
const PAYLOAD = {
  keyId: 3,
  collectiviteId: '0192d1c0-0000-7000-8000-000000000101',
  passId: 12_340n,
  code: 'K7M2QX9TB4RS',
  dateFin: '2026-06-30',
}

test('the payload is 35 bytes in this order', () => {
  const bytes = encodePayload(PAYLOAD)
  expect(bytes).toHaveLength(QR_PAYLOAD_BYTES)
  expect([...bytes.subarray(0, 6)]).toEqual([1, 3, 0x01, 0x92, 0xd1, 0xc0])
  expect([...bytes.subarray(18, 26)]).toEqual([0, 0, 0, 0, 0, 0, 0x30, 0x34])
  expect((bytes[33]! << 8) | bytes[34]!).toBe(2372)
})
test('what is encoded reads back, wherever the bytes lie in their buffer', () => {
  const payload = fc.record({
    keyId: fc.nat(255),
    collectiviteId: fc.uuid(),
    passId: fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }),
    code: fc.uint8Array({ minLength: 7, maxLength: 7 }).map(codeOf),
    dateFin: fc.nat(65_535).map((n) => addDays('2020-01-01', n)),
  })
  fc.assert(
    fc.property(payload, (row) => {
      const joined = joinSignature(encodePayload(row), SIGNATURE)
      const shifted = new Uint8Array(joined.length + 5)
      shifted.set(joined, 5)
      const read = decodePayload(shifted.subarray(5))
      expect(read?.payload).toEqual(row)
      expect(read?.signed).toEqual(encodePayload(row))
      expect(read?.signature).toEqual(SIGNATURE)
    }),
  )
})
test('another length or version is not ours', () => {
  const joined = joinSignature(encodePayload(PAYLOAD), SIGNATURE)
  expect(decodePayload(joined.subarray(1))).toBeNull()
  expect(decodePayload(joined.with(0, 2))).toBeNull()
})
test.each([
  { collectiviteId: 'nobody' },
  { code: 'K7M2' },
  { dateFin: '2019-12-31' },
  { dateFin: '2300-01-01' },
  { keyId: 256 },
  { passId: -1n },
])('a field that does not fit is a fault (case %$)', (wrong) => {
  expect(() => encodePayload({ ...PAYLOAD, ...wrong })).toThrow(RangeError)
})
test('a signature has 64 bytes', () => {
  expect(() => joinSignature(encodePayload(PAYLOAD), new Uint8Array(63))).toThrow(RangeError)
})
