import { createCipheriv, createDecipheriv, createHash, hkdfSync, type KeyObject } from 'node:crypto'
import { open } from 'node:fs/promises'

/**
 * A file that nobody reads without its key, written and read as it comes: frames of 64 KiB at most, each sealed by AES-256-GCM under
 * its rank, the last one marked, so that none is moved, cut off or added.
 */
const FRAME = 64 * 1024
const TAG = 16
const HEAD = 4

/** The key of one file, from another one: destroy that one and no file of it opens. */
export const fileKey = (key: KeyObject, name: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', name, 32))

const nonceOf = (rank: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce[0] = isLast ? 1 : 0
  nonce.writeUInt32BE(rank, 8)
  return nonce
}

export type Sealer = {
  write: (bytes: Uint8Array) => Promise<void>
  /** Ends the file; answers what it holds once opened. */
  end: () => Promise<{ octets: number; empreinte: Buffer }>
}

/** Starts a sealed file, over any other of that name. */
export const seal = async (path: string, key: Buffer): Promise<Sealer> => {
  const file = await open(path, 'w', 0o600)
  const hash = createHash('sha256')
  let [rank, octets] = [0, 0]
  let held = Buffer.alloc(0)
  const put = async (plain: Uint8Array, isLast: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(rank++, isLast))
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    const head = Buffer.alloc(HEAD)
    head.writeUInt32BE(sealed.length)
    await file.write(Buffer.concat([head, sealed]))
  }
  return {
    write: async (bytes) => {
      hash.update(bytes)
      octets += bytes.length
      held = Buffer.concat([held, bytes])
      let from = 0
      // the last frame is put by `end`: something is always held
      for (; held.length - from > FRAME; from += FRAME) await put(held.subarray(from, from + FRAME), false)
      held = Buffer.from(held.subarray(from))
    },
    end: async () => {
      await put(held, true)
      await file.sync()
      await file.close()
      return { octets, empreinte: hash.digest() }
    },
  }
}

/** Reads a sealed file, frame by frame. @throws when it was changed, cut off, or sealed under another key. */
export async function* unseal(path: string, key: Buffer): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    for (let [at, rank] = [0, 0]; at < size; rank++) {
      const head = Buffer.alloc(HEAD)
      await file.read(head, 0, HEAD, at)
      const length = head.readUInt32BE()
      if (length < TAG || length > FRAME + TAG) throw new Error('sealed file damaged')
      const sealed = Buffer.alloc(length)
      await file.read(sealed, 0, length, at + HEAD)
      at += HEAD + length
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(rank, at >= size)).setAuthTag(sealed.subarray(-TAG))
      yield Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()])
    }
  } finally {
    await file.close()
  }
}
