import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import { checkSymbol, encode55 } from '@pass/domain/codes.ts'
import { decodePayload, encodePayload, joinSignature, type QrPayload } from '@pass/domain/qr.ts'
import base45 from 'base45'
import type { Secrets } from './secrets.ts'

/** The keyed bytes of a serial and a rank: rank 0 is the follow-up code of the cover, 1 to 10 the pass. */
const prf = (lotKey: Buffer | KeyObject, serie: number, rang: number): Buffer => {
  const input = Buffer.alloc(9)
  input.writeBigUInt64BE(BigInt(serie))
  input[8] = rang
  return createHmac('sha256', lotKey).update(input).digest()
}

/** The 12 symbols of a pass, derived and never stored: the same lot key, serial and rank give the same code. */
export const deriveCode = (lotKey: Buffer | KeyObject, serie: number, rang: number): string => {
  const body = encode55(prf(lotKey, serie, rang))
  return body + checkSymbol(body)
}

/** The 6 symbols of the cover, good for the carnet page and nothing else. */
export const deriveFollowCode = (lotKey: Buffer | KeyObject, serie: number): string => encode55(prf(lotKey, serie, 0)).slice(0, 6)

/** What the database stores of a code: HMAC-SHA-256 under a key that it does not know. */
export const lookupOf = ({ codeLookup }: Secrets, code: string): Buffer => createHmac('sha256', codeLookup.key).update(code).digest()

export const newLotKey = (): Buffer => randomBytes(32)

/** AES-256-GCM envelope of a lot key: key id (1) · nonce (12) · tag (16) · ciphertext (32), bound to its lot. */
export const wrapLotKey = ({ lotWrapping }: Secrets, lotId: string, lotKey: Buffer): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', lotWrapping.key, nonce).setAAD(Buffer.from(lotId))
  const sealed = Buffer.concat([cipher.update(lotKey), cipher.final()])
  return Buffer.concat([Buffer.from([lotWrapping.id]), nonce, cipher.getAuthTag(), sealed])
}

/** The lot's key, ready for many codes: a key object is taken three times as fast as its bytes. */
export const unwrapLotKey = ({ lotWrapping }: Secrets, lotId: string, envelope: Uint8Array): KeyObject => {
  const bytes = Buffer.from(envelope)
  if (bytes[0] !== lotWrapping.id) throw new Error('lot wrapped with an unknown key')
  const decipher = createDecipheriv('aes-256-gcm', lotWrapping.key, bytes.subarray(1, 13)).setAAD(Buffer.from(lotId))
  decipher.setAuthTag(bytes.subarray(13, 29))
  return createSecretKey(Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]))
}

/** The text of a pass's QR: payload signed with Ed25519, in base45 (QR alphanumeric mode). */
export const signQr = ({ qrSigning }: Secrets, payload: Omit<QrPayload, 'keyId'>): string => {
  const bytes = encodePayload({ ...payload, keyId: qrSigning.id })
  return base45.encode(joinSignature(bytes, sign(null, bytes, qrSigning.privateKey)))
}

/** 99 bytes (payload and signature) in base45: 49 pairs of 3 symbols and a last byte of 2. */
const QR_TEXT_LENGTH = 149

/** The payload of a scanned QR, or null when it is not one of ours, truncated or forged. */
export const readQr = ({ qrKeys }: Pick<Secrets, 'qrKeys'>, text: string): QrPayload | null => {
  if (text.length !== QR_TEXT_LENGTH) return null
  try {
    const decoded = decodePayload(new Uint8Array(base45.decode(text)))
    const key = decoded && qrKeys.get(decoded.payload.keyId)
    return key && verify(null, decoded.signed, key.publicKey, decoded.signature) ? decoded.payload : null
  } catch {
    return null // not base45
  }
}
