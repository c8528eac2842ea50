// Draws the icons of the installed app: a ticket with the three corners of a QR code. `node apps/mediateur/draw-icons.mjs`, then commit.
import { writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

/** Colours of tokens.css: --couleur-primaire, --couleur-pass, --couleur-pass-encre. */
const GROUND = [12, 85, 102]
const TICKET = [244, 182, 63]
const INK = [91, 60, 0]
/** Points looked at in each pixel, a side: smooth edges. */
const FINE = 4

const inBox = (x, y, [left, top, right, bottom], round = 0) => {
  const dx = Math.max(left + round - x, 0, x - right + round)
  const dy = Math.max(top + round - y, 0, y - bottom + round)
  return Math.hypot(dx, dy) <= round || (round === 0 && dx === 0 && dy === 0)
}
const inDisc = (x, y, cx, cy, radius) => Math.hypot(x - cx, y - cy) <= radius

const square = (x, y, cx, cy) => {
  const far = Math.max(Math.abs(x - cx), Math.abs(y - cy))
  return far <= 0.085 && (far > 0.052 || far <= 0.026)
}

/** The colour at a point of the unit square; null outside the rounded ground. */
const colourAt = (x, y, { pleine, zoom }) => {
  if (!pleine && !inBox(x, y, [0, 0, 1, 1], 0.2)) return null
  const u = (x - 0.5) / zoom + 0.5
  const v = (y - 0.5) / zoom + 0.5
  const notched = inDisc(u, v, 0.1, 0.5, 0.075) || inDisc(u, v, 0.9, 0.5, 0.075)
  if (!inBox(u, v, [0.1, 0.22, 0.9, 0.78], 0.06) || notched) return GROUND
  if (square(u, v, 0.365, 0.365) || square(u, v, 0.635, 0.365) || square(u, v, 0.365, 0.635)) return INK
  if (inBox(u, v, [0.56, 0.56, 0.62, 0.62]) || inBox(u, v, [0.65, 0.65, 0.71, 0.71])) return INK
  return TICKET
}

const pixelAt = (px, py, size, form) => {
  const sum = [0, 0, 0, 0]
  for (let i = 0; i < FINE * FINE; i++) {
    const colour = colourAt((px + ((i % FINE) + 0.5) / FINE) / size, (py + (Math.floor(i / FINE) + 0.5) / FINE) / size, form)
    if (!colour) continue
    colour.forEach((value, rank) => (sum[rank] += value))
    sum[3]++
  }
  const seen = sum[3]
  return seen === 0 ? [0, 0, 0, 0] : [...sum.slice(0, 3).map((value) => Math.round(value / seen)), Math.round((255 * seen) / FINE ** 2)]
}

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

const png = (size, form) => {
  const rows = Buffer.alloc(size * (size * 4 + 1))
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) rows.set(pixelAt(x, y, size, form), y * (size * 4 + 1) + 1 + x * 4)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size)
  head.writeUInt32BE(size, 4)
  head.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

const write = (name, size, form) => writeFileSync(new URL(`public/${name}`, import.meta.url), png(size, form))
write('icone-192.png', 192, { pleine: false, zoom: 0.95 })
write('icone-512.png', 512, { pleine: false, zoom: 0.95 })
// cut to any shape by the phone: what matters stays in the middle
write('icone-pleine-512.png', 512, { pleine: true, zoom: 0.78 })
