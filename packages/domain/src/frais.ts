import { formatDay } from './days.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Rates in force from a day on, in basis points; the subscription is in centimes a year. */
export type Frais = {
  dateEffet: string
  /** Paid by the buyer on the face value; first value of a new convention, which keeps its own. */
  fraisAmontBp: number
  /** Paid by the structure on what it is reimbursed. */
  fraisAvalBp: number
  abonnementCentimes: number
  /** VAT on the fees; the face value is outside its scope. */
  tvaBp: number
}

/** The rates of a day: those of the last date of effect that has come. @throws RangeError before the first one. */
export const fraisAt = <T extends { dateEffet: string }>(rows: readonly T[], day: string): T => {
  const known = rows.filter(({ dateEffet }) => dateEffet <= day)
  const last = known.toSorted((a, b) => (a.dateEffet < b.dateEffet ? -1 : 1)).at(-1)
  if (!last) throw new RangeError(`no rate yet on ${day}`)
  return last
}

/** Why new rates are refused: they start after today, since what was quoted does not change, and one set starts a day. */
export const whyNotSetFrais = (
  { dateEffet }: Pick<Frais, 'dateEffet'>,
  rows: readonly Pick<Frais, 'dateEffet'>[],
  today: string,
): Refusal | null => {
  const refuseDate = (message: string) => refuse('frais_invalides', message, [{ chemin: 'dateEffet', message }])
  if (dateEffet <= today) return refuseDate(`Choisissez une date après le ${formatDay(today)} : les devis déjà établis ne changent pas.`)
  return rows.some((row) => row.dateEffet === dateEffet) ? refuseDate('Des taux commencent déjà ce jour-là.') : null
}
