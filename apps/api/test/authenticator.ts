import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const text = (data: Uint8Array | string) => Buffer.from(data).toString('base64url')

const PRESENT = 0x01
const VERIFIED = 0x04
const WITH_KEY = 0x40

/** What a gesture may get wrong. */
export type Gesture = {
  origin?: string
  rpId?: string
  challenge?: string
  /** The holder was looked at: finger, face or code of the device. */
  verified?: boolean
  counter?: number
  type?: string
  /** Another holder than the key's. */
  userHandle?: string | undefined
  /** Changes one bit of the signature. */
  forged?: boolean
}

type Options = { challenge?: string; rpId?: string; rp?: { id?: string }; user?: { id: string } }

/** RP id, flags, counter: the head of what a key signs. */
const dataOf = (rpId: string, flags: number, count: number) => {
  const head = Buffer.alloc(5)
  head[0] = flags
  head.writeUInt32BE(count, 1)
  return Buffer.concat([sha256(rpId), head])
}
const flagsOf = ({ verified = true }: Gesture) => PRESENT | (verified ? VERIFIED : 0)

/** A P-256 public key as COSE writes it. */
const coseOf = (publicKey: KeyObject) => {
  const { x, y } = publicKey.export({ format: 'jwk' })
  const point = (part: string) => new Uint8Array(Buffer.from(part, 'base64url'))
  const entries: [number, number | Uint8Array][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, point(x!)],
    [-3, point(y!)],
  ]
  return Buffer.from(isoCBOR.encode(new Map(entries) as never))
}

/** An attestation that says nothing of the maker. */
const attestationOf = (rpId: string, id: Buffer, publicKey: KeyObject, gesture: Gesture) => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(id.length)
  const head = dataOf(rpId, flagsOf(gesture) | WITH_KEY, gesture.counter ?? 0)
  const authData = Buffer.concat([head, Buffer.alloc(16), length, id, coseOf(publicKey)])
  const entries: [string, unknown][] = [
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', new Uint8Array(authData)],
  ]
  return isoCBOR.encode(new Map(entries) as never)
}

/**
 * A passkey in software: a true P-256 key that signs what a browser would have it sign, so that the server's own
 * verification is what is tested. `shared` keys (kept by an account, on several devices) always count 0.
 */
export const newAuthenticator = (origin: string, { shared = false } = {}) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const base = { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {} }
  let holder: string | undefined
  let counter = 0
  const clientData = (type: string, challenge: string, gesture: Gesture) =>
    Buffer.from(JSON.stringify({ type: gesture.type ?? type, challenge: gesture.challenge ?? challenge, origin: gesture.origin ?? origin }))

  /** Makes the key, as `navigator.credentials.create` answers. */
  const register = (options: Options, gesture: Gesture = {}) => {
    holder = options.user!.id
    const attestationObject = text(attestationOf(gesture.rpId ?? options.rp!.id!, id, publicKey, gesture))
    const clientDataJSON = text(clientData('webauthn.create', options.challenge!, gesture))
    return { ...base, response: { attestationObject, clientDataJSON, transports: ['internal'] } }
  }

  /** Answers a challenge, as `navigator.credentials.get`. */
  const answer = (options: Options, gesture: Gesture = {}) => {
    counter += 1
    const authData = dataOf(gesture.rpId ?? options.rpId!, flagsOf(gesture), gesture.counter ?? (shared ? 0 : counter))
    const client = clientData('webauthn.get', options.challenge!, gesture)
    const signature = sign('sha256', Buffer.concat([authData, sha256(client)]), privateKey)
    if (gesture.forged) signature[signature.length - 1]! ^= 1
    const userHandle = 'userHandle' in gesture ? gesture.userHandle : holder
    const response = { authenticatorData: text(authData), clientDataJSON: text(client), signature: text(signature) }
    return { ...base, response: { ...response, ...(userHandle !== undefined && { userHandle }) } }
  }
  return { id: text(id), register, answer }
}
export type Authenticator = ReturnType<typeof newAuthenticator>
