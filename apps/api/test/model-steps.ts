import fc from 'fast-check'

export type Kinds = { kind: string }
export type Weighted<G> = { name: string; weight: number; arbitrary: fc.Arbitrary<G> }
/** How often each gesture comes, and with what. */
export type Gestures<G> = readonly Weighted<G>[]

/** A gesture, how often it comes, and what it is made of. */
export const kind = <G extends Kinds>(weight: number, name: G['kind'], rest: Record<string, fc.Arbitrary<unknown>> = {}): Weighted<G> => ({
  name,
  weight,
  arbitrary: fc.record({ kind: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<G>,
})

/** True once in so many times. */
export const oneIn = (times: number): fc.Arbitrary<boolean> => fc.integer({ min: 1, max: times }).map((n) => n === times)

/** `aimed`: at something that the rules allow, when there is; otherwise as the numbers fall, and most are refused. */
export type Step<G> = { aimed: boolean; gesture: G }

/** Sequences of that many gestures, so many in ten of them aimed. */
export const stepsOf = <G>(gestures: Gestures<G>, { aimed, length }: { aimed: number; length: number }): fc.Arbitrary<Step<G>[]> =>
  fc.array(fc.record({ aimed: fc.integer({ min: 0, max: 9 }).map((n) => n < aimed), gesture: fc.oneof(...gestures) }), {
    minLength: length,
    maxLength: length,
  })
