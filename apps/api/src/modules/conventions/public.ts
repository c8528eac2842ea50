/** What other modules call: a convention with its parameters, and its row locked while a commande is weighed against it. */
export { getConvention, lockConvention } from './queries.ts'
export { admitPrescripteur } from './admit-prescripteur.ts'
export { allowTransfers, exchangers, listTransferRules, mayExchange } from './exchange.ts'
/** The job of an avenant that moves the end of validity of lots. */
export { prolongLots } from './sign-avenant.ts'
