import type pg from 'pg'

/** The one source of the time. In the demonstration it is shifted by `POST /demo/horloge`, for every process alike. */
export type Clock = {
  (): Date
  /** Reads the shift again from the database: at start, after a move, before each job. */
  refresh: () => Promise<void>
}

/**
 * @param setting `CLOCK`: an instant (the time stands still there), a shift such as `+3d` or `-12h`, or nothing.
 * @param shifted whether the demonstration's shift counts; never in production.
 */
export const createClock = (pool: pg.Pool, setting: string | undefined, shifted: boolean): Clock => {
  const base = baseOf(setting)
  let shift = 0
  const clock = () => new Date(base() + shift)
  const refresh = async () => {
    if (!shifted) return
    const { rows } = await pool.query<{ seconds: string }>('select clock_shift() as seconds')
    shift = Number(rows[0]?.seconds ?? 0) * 1000
  }
  return Object.assign(clock, { refresh })
}

/** Below, the two clocks are one: a request takes a moment. */
const APART_MS = 60_000

/** Milliseconds between the database's own clock and the screens' calendar: the demonstration's is moved. */
export const shiftOf = ({ now }: { now: Date }): number => {
  const shift = now.getTime() - Date.now()
  return Math.abs(shift) < APART_MS ? 0 : shift
}

/** An instant that the database's own clock wrote (a session, a desk), as the screens' calendar has it. */
export const shownAt = (moment: { now: Date }, instant: Date): string => new Date(instant.getTime() + shiftOf(moment)).toISOString()

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const
export const CLOCK_SETTING = /^([+-]\d{1,5})([dhm])$/

const baseOf = (setting: string | undefined): (() => number) => {
  if (!setting) return () => Date.now()
  const [, count, unit] = CLOCK_SETTING.exec(setting) ?? []
  if (count && unit) return () => Date.now() + Number(count) * UNITS[unit as keyof typeof UNITS]
  const fixed = Date.parse(setting)
  return () => fixed
}
