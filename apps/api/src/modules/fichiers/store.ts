import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Folders of some thousand files at most: named by the last letters of the id, the random ones. */
export const folderOf = (dir: string, id: string): string => join(dir, id.slice(-2))
const pathOf = (dir: string, id: string): string => join(folderOf(dir, id), id)

export const digestOf = (octets: Uint8Array): Buffer => createHash('sha256').update(octets).digest()

const flush = async (path: string) => {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * Writes a file whole or not at all: aside first, on the disk, then under its name. A row that is committed always has its file; a
 * file whose transaction was undone is an orphan, swept later.
 */
export const keep = async (dir: string, id: string, octets: Uint8Array): Promise<void> => {
  const path = pathOf(dir, id)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const aside = `${path}.${randomUUID()}.part`
  const file = await open(aside, 'wx', 0o600)
  try {
    await file.writeFile(octets)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, path)
  await flush(dirname(path))
}

/** The bytes as they were deposited. @throws when they are gone or no longer the same: a fault of ours, which the log tells. */
export const readKept = async (dir: string, id: string, sha256: Uint8Array): Promise<Uint8Array> => {
  const octets = await readFile(pathOf(dir, id))
  if (!digestOf(octets).equals(sha256)) throw new Error(`piece ${id}: its bytes have changed`)
  return octets
}
