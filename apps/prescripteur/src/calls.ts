import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'

/** The calls of these pages. */
export const { getAccueil } = accueilRoutes
export const { listCarnets, getCarnet, findCarnet, blockCarnet, listAttributions, acknowledgeAttribution, getStock } = carnetRoutes
export const { listLieux } = lieuRoutes
export const { listPrescriptions, handOverCarnet, takeBackCarnet } = prescriptionRoutes
export const { listCommunes, listDepartements } = referentielRoutes

/** Everything that a move of a carnet changes on these pages. */
export const CARNET_READS = [getAccueil, listCarnets, getCarnet, findCarnet, getStock, listPrescriptions, listAttributions] as const
