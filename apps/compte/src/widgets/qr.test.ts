import { create } from 'qrcode'
import { expect, test } from 'vitest'
import { pathOf } from './qr.ts'

test('a run of dark modules is one rectangle, rows apart', () => {
  expect(pathOf({ size: 3, data: [1, 1, 0, 0, 0, 0, 1, 0, 1] })).toBe('M0 0h2v1H0zM0 2h1v1H0zM2 2h1v1H2z')
})

test('every dark module of a real code is drawn, and no light one', () => {
  const { modules } = create('otpauth://totp/Pass:ada@exemple.fr?secret=JBSWY3DPEHPK3PXP', { errorCorrectionLevel: 'M' })
  const drawn = new Set<number>()
  for (const [, x, y, width] of pathOf(modules).matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g))
    for (let i = 0; i < Number(width); i++) drawn.add(Number(y) * modules.size + Number(x) + i)
  const dark = Array.from(modules.data).flatMap((module, rank) => (module ? [rank] : []))
  expect([...drawn].toSorted((a, b) => a - b)).toEqual(dark)
})
