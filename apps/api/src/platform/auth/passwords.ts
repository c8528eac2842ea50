import { hash, verify } from '@node-rs/argon2'
import { Busy } from '../errors.ts'

/** Argon2id, the library's own default. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** A hash takes 19 MiB and 25 ms of a core: two at once, the others wait their turn. */
const AT_ONCE = 2
const MAX_WAITING = 100

let running = 0
const waiting: (() => void)[] = []

const taking = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw new Busy()
    await new Promise<void>((go) => void waiting.push(go))
  } else running++
  try {
    return await work()
  } finally {
    // the place is handed over, not given back, when somebody waits
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

export const hashPassword = (password: string): Promise<string> => taking(() => hash(password, OPTIONS))

/** Verified against when there is no account, so that the answer takes as long. */
const NOBODY = hash('nobody has this password', OPTIONS)

/** True when the password is the account's. Without an account, as slow and false. */
export const isPassword = async (stored: string | null, password: string): Promise<boolean> => {
  const against = stored ?? (await NOBODY)
  const same = await taking(() => verify(against, password))
  return same && stored !== null
}
