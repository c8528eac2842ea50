import { connexionRoutes } from '@pass/contracts/connexion.ts'
import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { notificationRoutes } from '@pass/contracts/notifications.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { posteRoutes } from '@pass/contracts/postes.ts'
import { preuveRoutes } from '@pass/contracts/preuves.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { sessionRoutes } from '@pass/contracts/session.ts'

/** The calls of these pages: all of them open to people who are not signed in, the session and its proofs apart. */
export const { listLieux, getLieu } = lieuRoutes
export const { listDepartements } = referentielRoutes
export const { getSession, signIn, signOut, listDemoPeople, signInDemo } = sessionRoutes
export const {
  getMoyens,
  requestLien,
  openLien,
  challengePasskey,
  signInPasskey,
  startProConnect,
  requestRecuperation,
  confirmRecuperation,
} = connexionRoutes
export const { challengePreuve, provePasskey, proveTotp } = preuveRoutes
export const { readInvitation, acceptInvitation } = organisationRoutes
export const { getGuichet, takeGuichet } = posteRoutes
export const { listCourriels } = notificationRoutes
