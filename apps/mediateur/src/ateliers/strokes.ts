/** A stroke as the API takes it: x, y, x, y… from 0 to 1000 in the box, whatever its size on this screen. */
export type Stroke = readonly number[]

const SIDE = 1000
/** A pen moves less than this and nothing is seen: the point is left out. */
const STEP = 4
/** What the API takes of one stroke and of a signature. */
const NUMBERS_MAX = 2000
export const STROKES_MAX = 60
/** Shorter than this, it is a finger that touched the screen. */
const INK_MIN = 150

type Box = { left: number; top: number; width: number; height: number }

const clamp = (value: number): number => Math.max(0, Math.min(SIDE, Math.round(value)))

/** Where a pointer stands in the box; a pen that leaves it stays on its edge. */
export const pointIn = (
  { left, top, width, height }: Box,
  { clientX, clientY }: { clientX: number; clientY: number },
): [number, number] => [clamp(((clientX - left) / width) * SIDE), clamp(((clientY - top) / height) * SIDE)]

/** The stroke with one more point, or the very same when it adds nothing. */
export const withPoint = (stroke: Stroke, [x, y]: readonly [number, number]): Stroke => {
  const [lastX, lastY] = [stroke.at(-2), stroke.at(-1)]
  if (stroke.length >= NUMBERS_MAX) return stroke
  if (lastX !== undefined && lastY !== undefined && Math.hypot(x - lastX, y - lastY) < STEP) return stroke
  return [...stroke, x, y]
}

const lengthOf = (stroke: Stroke): number => {
  let ink = 0
  for (let at = 2; at < stroke.length; at += 2)
    ink += Math.hypot((stroke[at] ?? 0) - (stroke[at - 2] ?? 0), (stroke[at + 1] ?? 0) - (stroke[at - 1] ?? 0))
  return ink
}

/** Why these strokes are not a signature yet. */
export const whyNotSigned = (strokes: readonly Stroke[]): string | null =>
  strokes.reduce((ink, stroke) => ink + lengthOf(stroke), 0) < INK_MIN ? 'Signez dans le cadre, du doigt, au stylet ou à la souris.' : null

/** What is sent: a dot (of an i) is a stroke that ends where it began. */
export const strokesToSend = (strokes: readonly Stroke[]): number[][] =>
  strokes.slice(0, STROKES_MAX).map((stroke) => (stroke.length < 4 ? [...stroke, ...stroke] : [...stroke]))

/** The stroke for `<path d>`. */
export const pathOf = (stroke: Stroke): string => {
  const points = stroke.length < 4 ? [...stroke, ...stroke] : stroke
  const pairs: string[] = []
  for (let at = 0; at < points.length; at += 2) pairs.push(`${points[at]} ${points[at + 1]}`)
  return `M${pairs.join('L')}`
}
