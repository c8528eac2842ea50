import { creneauRoutes } from '@pass/contracts/creneaux.ts'
import { expect, test } from 'vitest'
import { pathOf, pointIn, type Stroke, STROKES_MAX, strokesToSend, whyNotSigned, withPoint } from './strokes.ts'

const BOX = { left: 100, top: 50, width: 400, height: 160 }
const draw = (points: readonly (readonly [number, number])[]): Stroke => {
  let stroke: Stroke = []
  for (const point of points) stroke = withPoint(stroke, point)
  return stroke
}

test('a pointer is read in the box, and stays on its edge when it leaves it', () => {
  expect(pointIn(BOX, { clientX: 300, clientY: 130 })).toEqual([500, 500])
  expect(pointIn(BOX, { clientX: 0, clientY: 999 })).toEqual([0, 1000])
})

test('a pen that does not move adds nothing, and a stroke has an end', () => {
  const still = draw([
    [10, 10],
    [11, 12],
    [10, 10],
  ])
  expect(still).toEqual([10, 10])
  const long = draw(Array.from({ length: 3000 }, (_, i) => [i % 2 === 0 ? 0 : 1000, 500] as const))
  expect(long.length).toBe(2000)
})

test('a touch is not a signature; a line across the box is', () => {
  expect(whyNotSigned([])).toContain('Signez dans le cadre')
  expect(whyNotSigned([[500, 500]])).not.toBeNull()
  expect(whyNotSigned([[100, 100, 200, 150, 300, 100]])).toBeNull()
})

test('what is sent is what the contract takes: a dot too, and no more strokes than it allows', () => {
  const body = creneauRoutes.signAttendance.body
  const traits = strokesToSend([[500, 500], ...Array.from({ length: 100 }, () => [0, 0, 1000, 1000])])
  expect(traits[0]).toEqual([500, 500, 500, 500])
  expect(traits.length).toBe(STROKES_MAX)
  expect(body.safeParse({ traits }).success).toBe(true)
  expect(pathOf([1, 2])).toBe('M1 2L1 2')
  expect(pathOf([1, 2, 3, 4])).toBe('M1 2L3 4')
})
