import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A key of QR codes: the days that it signed, the last one still open. */
export type QrKey = { id: number; publicKey: KeyObject; du: string; au: string | null }

/** Keys that never enter the database (`reliability.md` section 4). */
export type Secrets = {
  /** HMAC-SHA-256 key of the pass code lookup, and its `key_id`. */
  codeLookup: { id: number; key: KeyObject }
  /** AES-256-GCM key that wraps the lots' own keys. */
  lotWrapping: { id: number; key: Buffer }
  /** Ed25519 pair that signs the QR of a pass. */
  qrSigning: { id: number; privateKey: KeyObject }
  /** All the keys that check it, those that sign no more too: carnets live longer than a key. */
  qrKeys: ReadonlyMap<number, QrKey>
  /** AES-256-GCM key that seals the secrets of the code applications. */
  facteurs: { id: number; key: Buffer }
  /** HMAC-SHA-256 key of what the door keeps of a body: some bodies hold a password. Made from `facteurs`. */
  empreintes: KeyObject
}

/** A server that may not make its own keys and does not find them. The message says what to do, in French. */
export class MissingSecrets extends Error {}

const FILES = {
  codeLookup: 'code-lookup.key',
  lotWrapping: 'lot-wrapping.key',
  qrSigning: 'qr-signing.pem',
  facteurs: 'facteurs.key',
} as const

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

/** The first key of QR codes signs from the beginning; the next ones from the day in their name. */
const QR_FIRST_DAY = '2026-01-01'
const QR_NEXT = /^qr-signing-(\d{1,3})-(\d{4}-\d{2}-\d{2})\.pem$/

/** `qr-signing.pem` is key 1; a change of key adds `qr-signing-2-2026-09-01.pem`, and so on: the last one signs. */
const readQrKeys = (dir: string, first: string): Pick<Secrets, 'qrSigning' | 'qrKeys'> => {
  const next = readdirSync(dir).flatMap((file) => {
    const [, id, du] = QR_NEXT.exec(file) ?? []
    return id && du ? [{ id: Number(id), du, pem: readFileSync(join(dir, file), 'utf8') }] : []
  })
  const all = [{ id: 1, du: QR_FIRST_DAY, pem: first }, ...next].toSorted((a, b) => a.id - b.id)
  const last = all.at(-1)!
  return {
    qrSigning: { id: last.id, privateKey: createPrivateKey(last.pem) },
    qrKeys: new Map(all.map(({ id, du, pem }, i) => [id, { id, du, au: all[i + 1]?.du ?? null, publicKey: createPublicKey(pem) }])),
  }
}

/** Reads the keys of `dir`; makes those that are missing (0600) in the demonstration and in tests only. */
export const loadSecrets = (dir: string, mayMake: boolean): Secrets => {
  const facteurs = key32(readOrMake(dir, 'facteurs', mayMake), FILES.facteurs)
  return {
    codeLookup: { id: 1, key: createSecretKey(key32(readOrMake(dir, 'codeLookup', mayMake), FILES.codeLookup)) },
    lotWrapping: { id: 1, key: key32(readOrMake(dir, 'lotWrapping', mayMake), FILES.lotWrapping) },
    ...readQrKeys(dir, readOrMake(dir, 'qrSigning', mayMake)),
    facteurs: { id: 1, key: facteurs },
    empreintes: createSecretKey(Buffer.from(hkdfSync('sha256', facteurs, '', 'empreintes', 32))),
  }
}
