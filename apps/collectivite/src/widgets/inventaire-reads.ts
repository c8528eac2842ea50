import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { inventaireRoutes } from '@pass/contracts/inventaires.ts'
import { oppositionRoutes } from '@pass/contracts/oppositions.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'

/** What a count or a cancellation changes elsewhere. */
export const INVENTAIRE_READS = [
  inventaireRoutes.listInventaires,
  inventaireRoutes.getInventaire,
  inventaireRoutes.listComptages,
  oppositionRoutes.listAnnulations,
  carnetRoutes.getStock,
  carnetRoutes.listCarnets,
  carnetRoutes.getCarnet,
  accueilRoutes.getAccueil,
  pilotageRoutes.getEntonnoir,
] as const
