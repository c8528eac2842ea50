import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Secrets } from '../../platform/secrets.ts'

const NONCE = 12
const TAG = 16

/**
 * A large file waits for its job sealed (AES-256-GCM, a key that the database does not know, bound to its take-over): its codes are
 * worth money, and are at rest in clear nowhere. The job that reads it erases it.
 */
export const sealUpload = ({ lotWrapping }: Secrets, repriseId: string, octets: Uint8Array): Buffer<ArrayBuffer> => {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', lotWrapping.key, nonce).setAAD(Buffer.from(`reprise ${repriseId}`))
  const sealed = [cipher.update(octets), cipher.final()]
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed])
}

/** The file again. @throws when it is another's, or was touched */
export const openUpload = ({ lotWrapping }: Secrets, repriseId: string, sealed: Uint8Array): Buffer<ArrayBuffer> => {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', lotWrapping.key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(`reprise ${repriseId}`))
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
}
