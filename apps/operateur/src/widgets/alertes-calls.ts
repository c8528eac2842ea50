import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { guichetRoutes } from '@pass/contracts/guichet.ts'

/** The calls of the pages « Alertes » and « À examiner ». */
export const { listAlertes, closeAlerte, listAExaminer, releaseUtilisation } = guichetRoutes

/** What a decision changes. */
export const ALERTE_READS = [listAlertes, accueilRoutes.getAccueil] as const
export const EXAMEN_READS = [listAExaminer, accueilRoutes.getAccueil] as const
