import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { compteRoutes } from '@pass/contracts/comptes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import type { Route } from '@pass/contracts/route.ts'
import { sessionRoutes } from '@pass/contracts/session.ts'
import { alertes } from './modules/alertes/routes.ts'
import { ateliers } from './modules/ateliers/routes.ts'
import { commandes } from './modules/commandes/routes.ts'
import { comptabilite } from './modules/comptabilite/routes.ts'
import { conventions } from './modules/conventions/routes.ts'
import { pilotage } from './modules/pilotage/routes.ts'
import { remboursements } from './modules/remboursements/routes.ts'
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
  { routes: compteRoutes, bind: comptabilite },
  { routes: conventionRoutes, bind: conventions },
  { routes: commandeRoutes, bind: commandes },
  { routes: atelierRoutes, bind: ateliers },
  { routes: bordereauRoutes, bind: remboursements },
  { routes: accueilRoutes, bind: alertes },
  { routes: pilotageRoutes, bind: pilotage },
  { routes: carnetRoutes, bind: distribution },
  { routes: lieuRoutes, bind: lieux },
  { routes: prescriptionRoutes, bind: prescriptions },
  { routes: referentielRoutes, bind: referentiels },
]

/** Every route by its name. */
export const ROUTES: Record<string, Route> = Object.assign({}, ...MODULES.map(({ routes }) => routes))
