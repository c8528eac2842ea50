import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'

const HEADER = 44
const ENTRY = 20

/**
 * A WOFF 1 font as the plain sfnt inside it. pdfkit reads .woff too, but inflates it again for every document, ten times slower
 * than the drawing of a page; .woff2 crashes it.
 */
export const sfntOf = (woff: Buffer): Buffer => {
  const count = woff.readUInt16BE(12)
  const power = 2 ** Math.floor(Math.log2(count))
  const head = Buffer.alloc(12 + 16 * count)
  woff.copy(head, 0, 4, 8) // flavor
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(power * 16, 6)
  head.writeUInt16BE(Math.log2(power), 8)
  head.writeUInt16BE((count - power) * 16, 10)
  const parts = [head]
  let offset = head.length
  for (let i = 0; i < count; i++) {
    const entry = woff.subarray(HEADER + ENTRY * i, HEADER + ENTRY * (i + 1))
    const [at, packed, length] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)]
    const stored = woff.subarray(at, at + packed)
    const table = Buffer.alloc(Math.ceil(length / 4) * 4) // tables start on multiples of 4
    ;(packed < length ? inflateSync(stored) : stored).copy(table)
    entry.copy(head, 12 + 16 * i, 0, 4) // tag
    entry.copy(head, 16 + 16 * i, 16, 20) // checksum
    head.writeUInt32BE(offset, 20 + 16 * i)
    head.writeUInt32BE(length, 24 + 16 * i)
    parts.push(table)
    offset += table.length
  }
  return Buffer.concat(parts)
}

const font = (weight: 400 | 700) =>
  sfntOf(
    readFileSync(
      fileURLToPath(
        import.meta.resolve(`@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff`),
      ),
    ),
  )

/** Atkinson Hyperlegible Next, the font of the screens. */
export const FONTS = { normal: font(400), bold: font(700) } as const
