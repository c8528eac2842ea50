import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keys that never enter the database (`reliability.md` section 4). */
export type Secrets = {
  /** HMAC-SHA-256 key of the pass code lookup, and its `key_id`. */
  codeLookup: { id: number; key: KeyObject }
  /** AES-256-GCM key that wraps the lots' own keys. */
  lotWrapping: { id: number; key: Buffer }
  /** Ed25519 pair that signs the QR of a pass. */
  qrSigning: { id: number; privateKey: KeyObject; publicKey: KeyObject }
}

/** A server that may not make its own keys and does not find them. The message says what to do, in French. */
export class MissingSecrets extends Error {}

const FILES = { codeLookup: 'code-lookup.key', lotWrapping: 'lot-wrapping.key', qrSigning: 'qr-signing.pem' } as const

const make = (name: keyof typeof FILES) =>
  name === 'qrSigning'
    ? generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
    : randomBytes(32).toString('base64')

const readOrMake = (dir: string, name: keyof typeof FILES, mayMake: boolean): string => {
  const file = join(dir, FILES[name])
  if (!existsSync(file)) {
    if (!mayMake)
      throw new MissingSecrets(
        `Le fichier de clé ${FILES[name]} manque dans ${dir}\u00a0: déposez-y les clés du service (SECRETS_DIR), puis relancez.`,
      )
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const draft = `${file}.${randomUUID()}`
    writeFileSync(draft, make(name), { mode: 0o600 })
    try {
      // whole at once, and the first one's stays when two processes start together
      linkSync(draft, file)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    } finally {
      rmSync(draft)
    }
  }
  return readFileSync(file, 'utf8')
}

const key32 = (text: string, file: string) => {
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32)
    throw new MissingSecrets(`Le fichier de clé ${file} n’a pas 32 octets en base64\u00a0: rétablissez la clé du service.`)
  return key
}

/** Reads the keys of `dir`; makes those that are missing (0600) in the demonstration and in tests only. */
export const loadSecrets = (dir: string, mayMake: boolean): Secrets => {
  const privateKey = createPrivateKey(readOrMake(dir, 'qrSigning', mayMake))
  return {
    codeLookup: { id: 1, key: createSecretKey(key32(readOrMake(dir, 'codeLookup', mayMake), FILES.codeLookup)) },
    lotWrapping: { id: 1, key: key32(readOrMake(dir, 'lotWrapping', mayMake), FILES.lotWrapping) },
    qrSigning: { id: 1, privateKey, publicKey: createPublicKey(privateKey) },
  }
}
