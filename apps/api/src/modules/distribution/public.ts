/** What the hand-over calls: a carnet with the rules of its convention, its number as typed, and the two moves. */
export { type HeldCarnet, markHandedOver, markTakenBack, readCarnetById, readCarnetBySerie } from './hand-over.ts'
export { serieFrom } from './queries.ts'
/** What a correction of a hand-over calls: a carnet that takes the place of another, and what a sheet of carnet says. */
export { swapCarnets } from './swap-carnet.ts'
export { getCarnet } from './queries.ts'
/** What the end of a lot does to its carnets. */
export { countWaiting, expireCarnets, forgetDerogations, markDerogation } from './echeance-carnets.ts'
