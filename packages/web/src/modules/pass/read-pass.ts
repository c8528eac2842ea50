import { ANCIEN, parseForeignCode } from '@pass/domain/codes-anciens.ts'
import { CODE_LENGTH, parseCode } from '@pass/domain/codes.ts'
import { decodePayload, QR_PAYLOAD_BYTES, QR_SIGNATURE_BYTES } from '@pass/domain/qr.ts'
import { type Refusal, refuse } from '@pass/domain/refusal.ts'

/** The base45 alphabet, in the order of its values (RFC 9285). */
const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const QR_BYTES = QR_PAYLOAD_BYTES + QR_SIGNATURE_BYTES
/** Two bytes are three symbols; a last byte alone is two. */
const QR_TEXT_LENGTH = Math.floor(QR_BYTES / 2) * 3 + (QR_BYTES % 2) * 2

/** The bytes of a base45 text, or null when it is not one. */
const decodeBase45 = (text: string): Uint8Array | null => {
  const bytes: number[] = []
  for (let i = 0; i < text.length; i += 3) {
    const values = Array.from(text.slice(i, i + 3), (symbol) => BASE45.indexOf(symbol))
    if (values.length < 2 || values.includes(-1)) return null
    const sum = values.reduce((total, value, rank) => total + value * 45 ** rank, 0)
    if (sum > (values.length === 3 ? 0xffff : 0xff)) return null
    if (values.length === 3) bytes.push(sum >> 8)
    bytes.push(sum & 0xff)
  }
  return Uint8Array.from(bytes)
}

/** The signed content of a pass's QR, or null when the text is not one. The signature is not checked here. */
export const openQr = (text: string): ReturnType<typeof decodePayload> => {
  const bytes = text.length === QR_TEXT_LENGTH ? decodeBase45(text) : null
  return bytes && decodePayload(bytes)
}

export type PassRead = { ok: true; code: string; envoi: string } | { ok: false; refusal: Refusal }

const NOT_A_PASS = 'Ce code QR n’est pas celui d’un pass numérique. Scannez le pass, ou tapez ses 12 caractères.'

/** Longer than any code that is typed: the text of a QR of ours. */
const TYPED_MAX = 40

/** A pass of a former operator, as it was printed then: whether it was taken over is the server's to say. */
const readForeign = (text: string): PassRead => {
  const read = parseForeignCode(text)
  return read.ok ? { ok: true, code: read.code, envoi: ANCIEN + read.code } : read
}

/**
 * What a hand scanner or a person put in the box, checked before any request: the QR of a pass or its 12 symbols. `envoi` is
 * what the API takes (the QR's own text, signed), `code` what tells two pass apart, however each was read.
 * `ancien`: the person says that these are pass of a former operator.
 */
export const readPass = (text: string, ancien = false): PassRead => {
  const bare = text.replaceAll(/[\r\n\t]/g, '')
  if (ancien && bare.length <= TYPED_MAX) return readForeign(bare)
  if (bare.trim().length <= 2 * CODE_LENGTH) {
    const typed = parseCode(bare)
    return typed.ok ? { ok: true, code: typed.code, envoi: typed.code } : typed
  }
  const payload = openQr(bare)?.payload
  return payload ? { ok: true, code: payload.code, envoi: bare } : { ok: false, refusal: refuse('code_malforme', NOT_A_PASS) }
}
