import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'

/** What shows a carnet, or counts it: read again after an act on it. */
export const CARNET_READS = [
  carnetRoutes.getCarnet,
  carnetRoutes.listCarnets,
  carnetRoutes.getStock,
  accueilRoutes.getAccueil,
  pilotageRoutes.getEntonnoir,
] as const
