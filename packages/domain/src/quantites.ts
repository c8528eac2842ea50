import type { Centimes } from './money.ts'

type Terms = { carnetTaille: number; valeurFacialeCentimes: Centimes }
/** The same order said three ways. */
export type Quantites = { carnets: number; pass: number; centimes: Centimes }

const of = (carnets: number, { carnetTaille, valeurFacialeCentimes }: Terms): Quantites => ({
  carnets,
  pass: carnets * carnetTaille,
  centimes: carnets * carnetTaille * valeurFacialeCentimes,
})

/**
 * Carnets, pass and euros of an order from any one of the three (ux.md A8). Only whole carnets are sold: pass are rounded up, so that
 * nobody lacks one; euros are rounded down, so that a budget is never exceeded.
 */
export const quantitesFrom = (typed: Partial<Quantites>, terms: Terms): Quantites => {
  if (typed.carnets !== undefined) return of(typed.carnets, terms)
  if (typed.pass !== undefined) return of(Math.ceil(typed.pass / terms.carnetTaille), terms)
  return of(Math.floor((typed.centimes ?? 0) / (terms.carnetTaille * terms.valeurFacialeCentimes)), terms)
}
