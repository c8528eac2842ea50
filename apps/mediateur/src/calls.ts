import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { lieuRoutes } from '@pass/contracts/lieux.ts'

/** The calls of these pages. */
export const { getAccueil } = accueilRoutes
export const { listAteliers, getAtelier, scheduleAtelier, cancelAtelier, recordAttendance, verifyPass, redeemPass, undoRedemption } =
  atelierRoutes
export const { getMonDu, listBordereaux, getBordereau, drawBordereau } = bordereauRoutes
export const { listMesLieux } = lieuRoutes

/** Everything that an act at the counter changes on these pages. */
export const COUNTER_READS = [getAccueil, listAteliers, getAtelier, getMonDu] as const
