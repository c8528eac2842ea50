import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { creneauRoutes } from '@pass/contracts/creneaux.ts'
import { inventaireRoutes } from '@pass/contracts/inventaires.ts'
import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { remiseRoutes } from '@pass/contracts/remises.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'

/** The calls of these pages. */
export const { getAccueil } = accueilRoutes
export const { listCarnets, getCarnet, findCarnet, blockCarnet, listAttributions, acknowledgeAttribution, getStock } = carnetRoutes
export const { getAttribution, listPoints, transferCarnets } = attributionRoutes
export const { listLieux } = lieuRoutes
export const { listCreneaux, takeCreneau, listRendezVous, leaveCreneau } = creneauRoutes
export const { listPrescriptions, handOverCarnet, takeBackCarnet } = prescriptionRoutes
export const { getRemise, drawRecu } = remiseRoutes
export const { listComptages } = inventaireRoutes
export const { listCommunes, listDepartements } = referentielRoutes

/** Everything that a move of a carnet changes on these pages. */
export const CARNET_READS = [
  getRemise,
  getAccueil,
  listCarnets,
  getCarnet,
  findCarnet,
  getStock,
  listPrescriptions,
  listAttributions,
] as const

/** What taking or leaving a slot changes. */
export const RENDEZ_VOUS_READS = [listCreneaux, listRendezVous] as const
