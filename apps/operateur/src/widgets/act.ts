import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { clotureRoutes } from '@pass/contracts/clotures.ts'
import { type Commande, commandeRoutes } from '@pass/contracts/commandes.ts'
import { compteRoutes } from '@pass/contracts/comptes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { factureRoutes } from '@pass/contracts/factures.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { productionRoutes } from '@pass/contracts/production.ts'

/** What is said after an act, on the page and not in the card that did it: the card may be gone. */
export type Said = { titre: string; suite: string }

/** What every act of a commande's sheet takes. */
export type ActProps = { commande: Commande; onDone: (said: Said) => void }

/** What an act on a commande changes. */
export const COMMANDE_READS = [
  commandeRoutes.getCommande,
  commandeRoutes.listCommandes,
  productionRoutes.getProduction,
  factureRoutes.getFacture,
  factureRoutes.listFactures,
  accueilRoutes.getAccueil,
  pilotageRoutes.getEntonnoir,
]

const LEDGER_READS = [compteRoutes.getGrandLivre, compteRoutes.listTransfers, conventionRoutes.getConvention]

/** The same when money moves. */
export const MONEY_READS = [...COMMANDE_READS, ...LEDGER_READS]

/** What an act on a bordereau changes. */
export const BORDEREAU_READS = [
  bordereauRoutes.getBordereau,
  bordereauRoutes.listBordereaux,
  clotureRoutes.previewCloture,
  clotureRoutes.listClotures,
  accueilRoutes.getAccueil,
  pilotageRoutes.getEntonnoir,
  ...LEDGER_READS,
]
