/** What went wrong in the database, whatever library tells it. */
export type Fault = 'ended' | 'race' | 'duplicate' | 'value' | 'closed' | 'busy' | 'unknown'

type Told = {
  code?: unknown
  meta?: { driverAdapterError?: unknown; code?: unknown }
  cause?: unknown
  originalCode?: unknown
  kind?: unknown
  message?: string
}
const told = (error: unknown): Told => (error !== null && typeof error === 'object' ? error : {})

/** The SQLSTATE of an error of pg, or of Prisma over pg, else undefined. */
export const sqlState = (error: unknown): string | undefined => {
  const { code, meta, cause, originalCode } = told(error)
  for (const candidate of [originalCode, meta?.code, code])
    if (typeof candidate === 'string' && /^[0-9A-Z]{5}$/.test(candidate) && !/^P2\d{3}$/.test(candidate)) return candidate
  for (const inner of [meta?.driverAdapterError, cause]) {
    const state = inner === undefined || inner === error ? undefined : sqlState(inner)
    if (state) return state
  }
  return undefined
}

const STATES: Record<string, Fault> = {
  '28000': 'ended',
  '23505': 'duplicate',
  LC001: 'closed', // raised by the ledger: the books of that month are closed
  '40001': 'busy',
  '40P01': 'busy',
  '55P03': 'busy', // lock_timeout
  '57014': 'busy', // statement_timeout
  '25P03': 'busy', // idle_in_transaction_session_timeout
  '53300': 'busy',
  '57P01': 'busy',
  '57P03': 'busy',
}
const PRISMA: Record<string, Fault> = {
  P2025: 'race',
  P2002: 'duplicate',
  P2028: 'busy',
  P2024: 'busy',
  P2034: 'busy',
  P1001: 'busy',
  P1008: 'busy',
  P1017: 'busy',
}
const LOST = /Connection terminated|timeout exceeded when trying to connect|ECONNREFUSED|ECONNRESET/

/** Prisma's own code, or the SQLSTATE, as one of the door's cases. */
export const faultOf = (error: unknown): Fault => {
  const { code, message } = told(error)
  const state = sqlState(error)
  const known = state === undefined ? undefined : STATES[state]
  if (known) return known
  // a value that the column cannot hold: the contract should have refused it
  if (state?.startsWith('22')) return 'value'
  const ofPrisma = typeof code === 'string' ? PRISMA[code] : undefined
  if (ofPrisma) return ofPrisma
  return message !== undefined && LOST.test(message) ? 'busy' : 'unknown'
}

/** Serialization failure or deadlock: the whole call may run again. */
export const isRetryable = (error: unknown): boolean => {
  const state = sqlState(error)
  return state === '40001' || state === '40P01' || told(error).code === 'P2034'
}

/** A lock not obtained within `lock_timeout`. */
export const isLockTimeout = (error: unknown): boolean => sqlState(error) === '55P03'
