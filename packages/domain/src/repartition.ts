import { shareOut } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A commune of the territory, and the people who live there. */
export type CommunePeuplee = { code: string; population: number }

/** Carnets that a simulation may share out. */
export const REPARTITION_MAX = 1_000_000

/** Why nothing can be shared out: no commune, or a part on population where nobody is counted. */
export const whyNotRepartir = (communes: readonly CommunePeuplee[], partFixeBp: number): Refusal | null => {
  if (communes.length === 0) return refuse('repartition_impossible', 'Votre territoire ne nomme aucune commune : rien à répartir.')
  const people = communes.reduce((sum, { population }) => sum + population, 0)
  return people === 0 && partFixeBp < 10_000
    ? refuse('repartition_impossible', 'La population de ces communes n’est pas connue : choisissez une part fixe de 100 %.')
    : null
}

/**
 * Shares carnets between communes: `partFixeBp` of them in equal parts, the rest by population, in one division by largest
 * remainder: the parts always add up to the carnets, and a commune never gets fewer than its whole quota. Same order as given.
 */
export const repartirCarnets = (carnets: number, communes: readonly CommunePeuplee[], partFixeBp: number): number[] => {
  const people = communes.reduce((sum, { population }) => sum + population, 0)
  if (people === 0)
    return shareOut(
      carnets,
      communes.map(() => 1),
    )
  const weights = communes.map(({ population }) => partFixeBp * people + (10_000 - partFixeBp) * population * communes.length)
  return shareOut(carnets, weights)
}
