import { codeOf } from '@pass/domain/codes.ts'
import { encodePayload, joinSignature } from '@pass/domain/qr.ts'
import { expect, test } from 'vitest'
import { readPass } from './read-pass.ts'

const CODE = codeOf(Uint8Array.of(1, 2, 3, 4, 5, 6, 7))
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const base45 = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length
    let sum = pair ? bytes[i]! * 256 + bytes[i + 1]! : bytes[i]!
    for (let n = 0; n < (pair ? 3 : 2); n++, sum = Math.floor(sum / 45)) text += ALPHABET[sum % 45]
  }
  return text
}

const qr = (keyId: number) =>
  base45(
    joinSignature(
      encodePayload({ keyId, collectiviteId: '0192d1c0-0000-7000-8000-b00000000001', passId: 42n, code: CODE, dateFin: '2026-06-30' }),
      new Uint8Array(64).fill(7),
    ),
  )

test('the QR and the typed code of a pass are the same pass; the QR is sent as it is', () => {
  expect(qr(1)).toHaveLength(149)
  expect(readPass(`${qr(1)}\r`)).toEqual({ ok: true, code: CODE, envoi: qr(1) })
  expect(readPass(`${CODE.slice(0, 4)}-${CODE.slice(4, 8)} ${CODE.slice(8).toLowerCase()}`)).toEqual({ ok: true, code: CODE, envoi: CODE })
})

test('what is not a pass is refused before any request', () => {
  for (const text of ['', 'K7M2-QX9T', 'https://exemple.fr/autre-code-qr', qr(1).slice(1), qr(1).replace(/^./, 'é')])
    expect(readPass(text)).toMatchObject({ ok: false, refusal: { code: 'code_malforme' } })
})
