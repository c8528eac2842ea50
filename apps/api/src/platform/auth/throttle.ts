import { createHash } from 'node:crypto'
import { refuse } from '@pass/domain/refusal.ts'
import type pg from 'pg'
import { Refused } from '../errors.ts'

const keyOf = (what: string) => createHash('sha256').update(what).digest()
const secondes = (count: number) => `${count}\u00a0seconde${count > 1 ? 's' : ''}`

/**
 * One try at something that may be guessed; it counts as failed until `forgive`, whatever becomes of the caller's
 * transaction. Three are free, then the wait grows to a minute. @throws 429 `trop_de_demandes`
 */
export const throttle = async (pool: pg.Pool, what: string): Promise<void> => {
  const { rows } = await pool.query<{ wait: number }>('select login_attempt($1) as wait', [keyOf(what)])
  const wait = rows[0]!.wait
  if (wait > 0) throw new Refused(refuse('trop_de_demandes', `Trop d’essais. Réessayez dans ${secondes(wait)}.`), 429, wait)
}

/** A try was right: the next ones are free again. */
export const forgive = async (pool: pg.Pool, what: string): Promise<void> => {
  await pool.query('select login_success($1)', [keyOf(what)])
}
