/** What other modules call: the used pass of closed bordereaux, charged to the financeurs of their conventions. */
export { chargeSubtotals } from './charge-subtotals.ts'
