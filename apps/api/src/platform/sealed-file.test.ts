import { createHash, createSecretKey, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fileKey, seal, unseal } from './sealed-file.ts'

const dir = mkdtempSync(join(tmpdir(), 'sealed-'))
afterAll(() => rmSync(dir, { recursive: true }))
const key = fileKey(createSecretKey(randomBytes(32)), 'impression')
const path = join(dir, 'file')
const written = async (parts: readonly Buffer[]) => {
  const sealer = await seal(path, key)
  for (const part of parts) await sealer.write(part)
  return sealer.end()
}
const readBack = async (from = path, under = key) => {
  const parts: Buffer[] = []
  for await (const part of unseal(from, under)) parts.push(part)
  return Buffer.concat(parts)
}

test('what is written in any pieces comes back whole, and the file shows nothing of it', async () => {
  for (const sizes of [[0], [10], [65_536], [65_537, 3], [200_000, 1, 70_000]]) {
    const parts = sizes.map((size) => Buffer.alloc(size, 'K7M2'))
    const whole = Buffer.concat(parts)
    expect(await written(parts)).toEqual({ octets: whole.length, empreinte: createHash('sha256').update(whole).digest() })
    expect((await readBack()).equals(whole)).toBe(true)
    expect(readFileSync(path).includes('K7M2K7M2')).toBe(false)
  }
})

test('a file cut off, changed, or of another key does not open', async () => {
  await written([Buffer.alloc(150_000, 'x')])
  const bytes = readFileSync(path)
  const damaged = join(dir, 'damaged')
  // at the end of a frame: nothing but the mark of the last one tells
  const frame = 4 + bytes.readUInt32BE(0)
  const changed = Buffer.from(bytes)
  changed[100]! ^= 1
  for (const other of [
    bytes.subarray(0, frame),
    bytes.subarray(0, bytes.length - 1),
    changed,
    Buffer.concat([bytes, bytes.subarray(0, frame)]),
  ]) {
    writeFileSync(damaged, other)
    await expect(readBack(damaged)).rejects.toThrow(/damaged|authenticate|out of range/)
  }
  await expect(readBack(path, Buffer.alloc(32))).rejects.toThrow(/authenticate/)
})
