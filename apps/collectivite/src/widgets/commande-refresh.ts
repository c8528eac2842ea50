import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { factureRoutes } from '@pass/contracts/factures.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { productionRoutes } from '@pass/contracts/production.ts'

/** What an act on a commande changes elsewhere. */
export const COMMANDE_READS = [
  commandeRoutes.getCommande,
  commandeRoutes.listCommandes,
  productionRoutes.getProduction,
  factureRoutes.getFacture,
  factureRoutes.listFactures,
  conventionRoutes.getConvention,
  pilotageRoutes.getEntonnoir,
  accueilRoutes.getAccueil,
  carnetRoutes.getStock,
  carnetRoutes.listCarnets,
] as const
