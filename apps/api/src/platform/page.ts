import { refuse } from '@pass/domain/refusal.ts'
import type { z } from 'zod'
import { Refused } from './errors.ts'

/** Rows a page when the caller does not say. */
export const TAILLE = 25

const parse = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/**
 * Where the list goes on: `apres` as `pageOf` wrote it, checked; null at the beginning. A cursor of another list, or an invented
 * one, is a 400.
 */
export const cursorOf = <T>(apres: string | undefined, schema: z.ZodType<T>): T | null => {
  if (apres === undefined) return null
  const key = schema.safeParse(parse(apres))
  if (key.success) return key.data
  const message = 'Cette suite de liste n’existe pas. Revenez au début de la liste.'
  throw new Refused(refuse('demande_malformee', message, [{ chemin: 'apres', message }]), 400)
}

/**
 * A page from `taille + 1` rows: the one too many says that the list goes on. `keyOf` gives the sort key of a row, id last, as the
 * schema of `cursorOf` reads it. `total` stays null where no index counts it.
 */
export const pageOf = <R>(
  rows: readonly R[],
  taille: number,
  keyOf: (row: R) => unknown,
  total: number | null = null,
): { items: R[]; suivant: string | null; total: number | null } => {
  const items = rows.slice(0, taille)
  const last = items.at(-1)
  const goesOn = rows.length > taille && last !== undefined
  return { items, suivant: goesOn ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null, total }
}
