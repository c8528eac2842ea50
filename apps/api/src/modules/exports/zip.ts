import { createHash } from 'node:crypto'
import { unzipSync, Zip, ZipDeflate } from 'fflate'
import type { Sink } from '../../platform/pdf/document.ts'

/** The end of the file says the digest of all that comes before: one byte changed, whichever, and it is known. */
const MARK = 'sha256:'
const COMMENT = MARK.length + 64

/** A part of the archive being written, and what it holds so far. */
export type Part = { write: (bytes: Uint8Array) => Promise<void>; end: () => Promise<Digest> }
export type Digest = { octets: number; sha256: string }

const sha256 = () => createHash('sha256')

/** Writes a zip as it comes: nothing of it stays in memory but the part under way. Its comment is the digest of the rest. */
export const zipInto = (sink: Sink, mtime: Date) => {
  const whole = sha256()
  let waiting: Uint8Array[] = []
  let fault: Error | null = null
  const zip = new Zip((error, chunk) => {
    fault ??= error
    if (!error) waiting.push(chunk)
  })
  const send = async (chunks: readonly Uint8Array[]) => {
    for (const chunk of chunks) {
      whole.update(chunk)
      await sink.write(chunk)
    }
  }
  const flush = async () => {
    if (fault) throw fault
    const chunks = waiting
    waiting = []
    await send(chunks)
  }
  const part = (nom: string): Part => {
    const entry = new ZipDeflate(nom, { level: 6 })
    entry.mtime = mtime
    zip.add(entry)
    const hash = sha256()
    let octets = 0
    return {
      write: async (bytes) => {
        hash.update(bytes)
        octets += bytes.length
        entry.push(bytes)
        await flush()
      },
      end: async () => {
        entry.push(new Uint8Array(), true)
        await flush()
        return { octets, sha256: hash.digest('hex') }
      },
    }
  }
  const end = async () => {
    zip.end()
    const chunks = waiting
    waiting = []
    // the last two bytes of a zip without a comment are its length
    const last = Buffer.from(chunks.pop()!)
    last.writeUInt16LE(COMMENT, last.length - 2)
    await send([...chunks, last])
    await sink.write(Buffer.from(MARK + whole.digest('hex')))
  }
  return { part, end }
}

/** The file is not an archive, or no longer the one that was written: a French sentence. */
export class DamagedArchive extends Error {}

/** What an archive may hold once opened: beyond, it is not one of ours. */
const OPENED_MAX = 4 * 1024 ** 3

/** The parts of an archive whose every byte is as it was written. @throws DamagedArchive */
export const openZip = (octets: Uint8Array): Record<string, Uint8Array> => {
  const body = octets.subarray(0, Math.max(0, octets.length - COMMENT))
  const comment = Buffer.from(octets.subarray(body.length)).toString('latin1')
  if (!comment.startsWith(MARK) || !(body[0] === 0x50 && body[1] === 0x4b))
    throw new DamagedArchive('Ce fichier n’est pas une archive de continuité, ou il est coupé.')
  if (comment !== MARK + sha256().update(body).digest('hex'))
    throw new DamagedArchive('Ce fichier a changé depuis qu’il a été écrit\u00a0: son empreinte n’est plus la sienne.')
  let total = 0
  try {
    return unzipSync(octets, {
      filter: ({ originalSize }) => {
        total += originalSize
        if (total > OPENED_MAX) throw new DamagedArchive('Cette archive est trop grande pour en être une.')
        return true
      },
    })
  } catch (error) {
    if (error instanceof DamagedArchive) throw error
    throw new DamagedArchive('Cette archive ne s’ouvre pas.')
  }
}
