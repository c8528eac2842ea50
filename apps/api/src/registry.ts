import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { compteRoutes } from '@pass/contracts/comptes.ts'
import { connexionRoutes } from '@pass/contracts/connexion.ts'
import { consultationRoutes } from '@pass/contracts/consultations.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { guichetRoutes } from '@pass/contracts/guichet.ts'
import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { notificationRoutes } from '@pass/contracts/notifications.ts'
import { posteRoutes } from '@pass/contracts/postes.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { preuveRoutes } from '@pass/contracts/preuves.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import type { Route } from '@pass/contracts/route.ts'
import { sessionRoutes } from '@pass/contracts/session.ts'
import { alertes, notifications } from './modules/alertes/routes.ts'
import { guichet } from './modules/ateliers/guichet-routes.ts'
import { ateliers } from './modules/ateliers/routes.ts'
import { commandes } from './modules/commandes/routes.ts'
import { comptabilite } from './modules/comptabilite/routes.ts'
import { conventions } from './modules/conventions/routes.ts'
import { comptePersonnel } from './modules/identite/compte-routes.ts'
import { consultations } from './modules/identite/consultations-routes.ts'
import { organisations } from './modules/identite/organisations-routes.ts'
import { postes } from './modules/identite/postes-routes.ts'
import { pilotage } from './modules/pilotage/routes.ts'
import { remboursements } from './modules/remboursements/routes.ts'
import { preuves } from './platform/auth/preuve-routes.ts'
import { connexion } from './platform/auth/connexion-routes.ts'
import { session } from './platform/auth/session-routes.ts'
import { distribution } from './modules/distribution/routes.ts'
import { lieux } from './modules/lieux/routes.ts'
import { prescriptions } from './modules/prescriptions/routes.ts'
import { referentiels } from './modules/referentiels/routes.ts'
import type { Module } from './platform/module.ts'

export type { Module }

/** Every module of the API: the server registers them, the walks and the documentation read them. */
export const MODULES: readonly Module[] = [
  { routes: sessionRoutes, bind: session },
  { routes: connexionRoutes, bind: connexion },
  { routes: preuveRoutes, bind: preuves },
  { routes: comptePersonnelRoutes, bind: comptePersonnel },
  { routes: organisationRoutes, bind: organisations },
  { routes: posteRoutes, bind: postes },
  { routes: consultationRoutes, bind: consultations },
  { routes: compteRoutes, bind: comptabilite },
  { routes: conventionRoutes, bind: conventions },
  { routes: commandeRoutes, bind: commandes },
  { routes: atelierRoutes, bind: ateliers },
  { routes: guichetRoutes, bind: guichet },
  { routes: bordereauRoutes, bind: remboursements },
  { routes: accueilRoutes, bind: alertes },
  { routes: notificationRoutes, bind: notifications },
  { routes: pilotageRoutes, bind: pilotage },
  { routes: carnetRoutes, bind: distribution },
  { routes: lieuRoutes, bind: lieux },
  { routes: prescriptionRoutes, bind: prescriptions },
  { routes: referentielRoutes, bind: referentiels },
]

/** Every route by its name. */
export const ROUTES: Record<string, Route> = Object.assign({}, ...MODULES.map(({ routes }) => routes))
