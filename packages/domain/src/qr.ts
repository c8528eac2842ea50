import { CODE_LENGTH, checkSymbol, decode55, encode55 } from './codes.ts'
import { addDays, dayDiff } from './days.ts'

/**
 * What the QR of a pass says, without a name and without an amount (domain.md section 4). Binary, big-endian:
 * version (1) · key id (1) · collectivité (16) · pass id (8) · code (7: 55 bits) · printed expiry (2: days since 2020-01-01),
 * 35 bytes, then the 64 bytes of the Ed25519 signature. Signing and checking are elsewhere: this is the layout.
 */
export type QrPayload = {
  keyId: number
  collectiviteId: string
  passId: bigint
  /** The 12 symbols; the check symbol is recomputed, not carried. */
  code: string
  /** Last day printed on the carnet; it informs, the database decides. */
  dateFin: string
}

export const QR_VERSION = 1
export const QR_PAYLOAD_BYTES = 35
export const QR_SIGNATURE_BYTES = 64
const EPOCH = '2020-01-01'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The 35 bytes to sign. @throws RangeError when a field does not fit. */
export const encodePayload = ({ keyId, collectiviteId, passId, code, dateFin }: QrPayload): Uint8Array => {
  const days = dayDiff(EPOCH, dateFin)
  if (!UUID.test(collectiviteId)) throw new RangeError('collectiviteId is not a uuid')
  if (code.length !== CODE_LENGTH) throw new RangeError('code has 12 symbols')
  if (days < 0 || days > 65_535) throw new RangeError(`dateFin out of range: ${dateFin}`)
  if (!Number.isInteger(keyId) || keyId < 0 || keyId > 255) throw new RangeError('keyId is one byte')
  if (passId < 0n || passId >= 1n << 63n) throw new RangeError('passId is a positive bigint')
  const bytes = new Uint8Array(QR_PAYLOAD_BYTES)
  const view = new DataView(bytes.buffer)
  bytes[0] = QR_VERSION
  bytes[1] = keyId
  bytes.set(
    collectiviteId
      .replaceAll('-', '')
      .match(/../g)!
      .map((pair) => Number.parseInt(pair, 16)),
    2,
  )
  view.setBigUint64(18, passId)
  bytes.set(decode55(code.slice(0, -1)), 26)
  view.setUint16(33, days)
  return bytes
}

/** Reads payload and signature back; null when the length or the version is another one. The signature is not checked here. */
export const decodePayload = (bytes: Uint8Array): { payload: QrPayload; signed: Uint8Array; signature: Uint8Array } | null => {
  if (bytes.length !== QR_PAYLOAD_BYTES + QR_SIGNATURE_BYTES || bytes[0] !== QR_VERSION) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hex = Array.from(bytes.subarray(2, 18), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const body = encode55(bytes.subarray(26, 33))
  return {
    payload: {
      keyId: bytes[1]!,
      collectiviteId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      passId: view.getBigUint64(18),
      code: body + checkSymbol(body),
      dateFin: addDays(EPOCH, view.getUint16(33)),
    },
    signed: bytes.subarray(0, QR_PAYLOAD_BYTES),
    signature: bytes.subarray(QR_PAYLOAD_BYTES),
  }
}

/** Payload followed by its signature: the bytes that base45 turns into the QR's text. */
export const joinSignature = (payload: Uint8Array, signature: Uint8Array): Uint8Array => {
  if (payload.length !== QR_PAYLOAD_BYTES || signature.length !== QR_SIGNATURE_BYTES)
    throw new RangeError('35 bytes of payload, 64 of signature')
  const bytes = new Uint8Array(QR_PAYLOAD_BYTES + QR_SIGNATURE_BYTES)
  bytes.set(payload)
  bytes.set(signature, QR_PAYLOAD_BYTES)
  return bytes
}
