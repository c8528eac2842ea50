import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { compteBancaireRoutes } from '@pass/contracts/comptes-bancaires.ts'
import { creneauRoutes } from '@pass/contracts/creneaux.ts'
import { duRoutes } from '@pass/contracts/du.ts'
import { guichetRoutes } from '@pass/contracts/guichet.ts'
import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { localDay, PARIS } from '@pass/domain/days.ts'
import { apiQuery, keyOf, queryClient } from '@pass/web/api.ts'
import { now } from '@pass/web/session.tsx'

/** The calls of these pages. */
export const { getAccueil } = accueilRoutes
export const { listAteliers, getAtelier, scheduleAtelier, cancelAtelier, recordAttendance, verifyPass, redeemPass, undoRedemption } =
  atelierRoutes
export const { getMonDu, listBordereaux, getBordereau, drawBordereau, exportBordereau } = bordereauRoutes
export const { getEcheancier, listUtilisations, exportUtilisations, drawReleveAnnuel, drawAttestationRegie } = duRoutes
export const { listComptesBancaires, proposeCompteBancaire, withdrawCompteBancaire } = compteBancaireRoutes
export const { listMesLieux } = lieuRoutes
export const {
  copyAtelier,
  scheduleSerie,
  offerAtelier,
  signAttendance,
  drawEmargement,
  drawListePapier,
  listPieces,
  uploadPiece,
  downloadPiece,
  listPrestations,
  setPrestation,
} = creneauRoutes
export const { listAppareils, revokeAppareil, listActesDifferes, listConflits } = guichetRoutes

/** Everything that an act at the counter changes on these pages. */
export const COUNTER_READS = [getAccueil, listAteliers, getAtelier, getMonDu] as const

/** Reads them again after an act that no page made (the queue). */
export const refreshCounter = async (): Promise<void> => {
  await Promise.all(COUNTER_READS.map((read) => queryClient.invalidateQueries({ queryKey: [keyOf(read)] })))
}

const places = apiQuery(listMesLieux, {})

/** The day at the structure's own place: overseas it is not the one of Paris. Read the places first. */
export const dayHere = (): string => localDay(now(), queryClient.getQueryData(places.queryKey)?.items[0]?.fuseau ?? PARIS)

/** Makes the places known, so that `dayHere` answers. */
export const needPlaces = () => queryClient.ensureQueryData(places)
