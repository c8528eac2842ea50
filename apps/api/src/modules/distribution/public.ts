/** What the hand-over calls: a carnet with the rules of its convention, its number as typed, and the two moves. */
export { type HeldCarnet, markHandedOver, markTakenBack, readCarnetById, readCarnetBySerie } from './hand-over.ts'
export { serieFrom } from './queries.ts'
