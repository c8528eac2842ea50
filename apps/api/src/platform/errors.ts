import { type Refusal, refuse } from '@pass/domain/refusal.ts'

/** Somebody else changed the row first: the update that named the statut it read found none. */
export const LOST_RACE = refuse('modifie_entre_temps')
/** A unique value exists already; where is never told. */
export const DUPLICATE = refuse('deja_enregistre')

/** Statuts a refusal may answer: 400 wrong by the body alone, 409 refused by a rule that reads the database, 429 throttled. */
export type RefusedStatus = 400 | 401 | 409 | 429

/** A rule says no. The door undoes what the handler wrote, journals the attempt and answers the refusal. */
export class Refused extends Error {
  readonly refusal: Refusal
  readonly status: RefusedStatus
  /** Seconds before another try is worth it: the `Retry-After` header. */
  readonly retryAfter: number | undefined

  constructor(refusal: Refusal, status: RefusedStatus = 409, retryAfter?: number) {
    super(refusal.message)
    this.refusal = refusal
    this.status = status
    this.retryAfter = retryAfter
  }
}

/** Absent or out of reach: one answer, 404. */
export class NotFound extends Error {
  readonly refusal: Refusal = refuse('introuvable')
}

/** The role does not hold the droit: 403. */
export class Forbidden extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal = refuse('droit_absent')) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** No session, or an ended one: 401. */
export class Unauthenticated extends Error {
  readonly refusal: Refusal = refuse('non_connecte')
}

/** Throws the reason a rule gives; `enforce(whyNotSign(convention, ctx.today))`. `status` 400 when the body alone is wrong. */
export const enforce = (refusal: Refusal | null, status: RefusedStatus = 409): void => {
  if (refusal) throw new Refused(refusal, status)
}

/** The row, or 404: `found(await ctx.db.convention.findFirst(…))`. */
export const found = <T>(row: T | null | undefined): T => {
  if (row === null || row === undefined) throw new NotFound()
  return row
}

/** After an `updateMany` or a raw update that names the statut it read: no row means that somebody was faster, 409. */
export const won = (count: number): void => {
  if (count === 0) throw new Refused(LOST_RACE)
}

/** Too much at once: 503 with `Retry-After`. */
export class Busy extends Error {}
