import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { archiveRoutes } from '@pass/contracts/archives.ts'
import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { avoirRoutes } from '@pass/contracts/avoirs.ts'
import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { clotureRoutes } from '@pass/contracts/clotures.ts'
import { parametrePaiementRoutes } from '@pass/contracts/parametres-paiement.ts'
import { creanceRoutes } from '@pass/contracts/creances.ts'
import { repriseRoutes } from '@pass/contracts/reprises.ts'
import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { compteBancaireRoutes } from '@pass/contracts/comptes-bancaires.ts'
import { duRoutes } from '@pass/contracts/du.ts'
import { compteRoutes } from '@pass/contracts/comptes.ts'
import { connexionRoutes } from '@pass/contracts/connexion.ts'
import { consultationRoutes } from '@pass/contracts/consultations.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { creneauRoutes } from '@pass/contracts/creneaux.ts'
import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { importAttributionRoutes } from '@pass/contracts/imports-attributions.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { echeanceRoutes } from '@pass/contracts/echeances.ts'
import { factureRoutes } from '@pass/contracts/factures.ts'
import { financementRoutes } from '@pass/contracts/financement.ts'
import { fraisRoutes } from '@pass/contracts/frais.ts'
import { guichetRoutes } from '@pass/contracts/guichet.ts'
import { couvertureRoutes } from '@pass/contracts/couverture.ts'
import { incidentRoutes } from '@pass/contracts/incidents.ts'
import { inventaireRoutes } from '@pass/contracts/inventaires.ts'
import { correctionRoutes, oppositionRoutes } from '@pass/contracts/oppositions.ts'
import { remiseRoutes } from '@pass/contracts/remises.ts'
import { remiseBancaireRoutes, retourBancaireRoutes } from '@pass/contracts/remises-bancaires.ts'
import { livreRoutes } from '@pass/contracts/livres.ts'
import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { notificationRoutes } from '@pass/contracts/notifications.ts'
import { posteRoutes } from '@pass/contracts/postes.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { preuveRoutes } from '@pass/contracts/preuves.ts'
import { rechercheRoutes } from '@pass/contracts/recherche.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { productionRoutes } from '@pass/contracts/production.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import type { Route } from '@pass/contracts/route.ts'
import { sessionRoutes } from '@pass/contracts/session.ts'
import { alertes, notifications } from './modules/alertes/routes.ts'
import { creneaux } from './modules/ateliers/creneaux-routes.ts'
import { guichet } from './modules/ateliers/guichet-routes.ts'
import { ateliers } from './modules/ateliers/routes.ts'
import { factures } from './modules/commandes/facture-routes.ts'
import { production } from './modules/commandes/production-routes.ts'
import { commandes } from './modules/commandes/routes.ts'
import { comptabilite, frais, livres } from './modules/comptabilite/routes.ts'
import { conventions, conventionVersions } from './modules/conventions/routes.ts'
import { financement } from './modules/financement/routes.ts'
import { comptePersonnel } from './modules/identite/compte-routes.ts'
import { consultations } from './modules/identite/consultations-routes.ts'
import { organisations } from './modules/identite/organisations-routes.ts'
import { postes } from './modules/identite/postes-routes.ts'
import { avoirs, echeances } from './modules/echeances/routes.ts'
import { pilotage } from './modules/pilotage/routes.ts'
import { archives } from './modules/exports/routes.ts'
import { comptesBancaires } from './modules/remboursements/compte-routes.ts'
import { du } from './modules/remboursements/du-routes.ts'
import { incidents } from './modules/remboursements/incident-routes.ts'
import { remisesBancaires, retoursBancaires } from './modules/remboursements/remise-routes.ts'
import { parametresPaiement } from './modules/remboursements/parametres-routes.ts'
import { clotures, remboursements } from './modules/remboursements/routes.ts'
import { preuves } from './platform/auth/preuve-routes.ts'
import { connexion } from './platform/auth/connexion-routes.ts'
import { session } from './platform/auth/session-routes.ts'
import { attributions } from './modules/distribution/attribution-routes.ts'
import { importsAttributions } from './modules/distribution/import-routes.ts'
import { distribution } from './modules/distribution/routes.ts'
import { couverture } from './modules/distribution/couverture-routes.ts'
import { inventaires } from './modules/distribution/inventaire-routes.ts'
import { oppositions } from './modules/distribution/opposition-routes.ts'
import { corrections, remises } from './modules/prescriptions/remise-routes.ts'
import { lieux } from './modules/lieux/routes.ts'
import { prescriptions } from './modules/prescriptions/routes.ts'
import { creances, reprises } from './modules/reprises/routes.ts'
import { recherche } from './modules/recherche/routes.ts'
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
  { routes: livreRoutes, bind: livres },
  { routes: conventionRoutes, bind: conventions },
  { routes: conventionVersionRoutes, bind: conventionVersions },
  { routes: commandeRoutes, bind: commandes },
  { routes: productionRoutes, bind: production },
  { routes: factureRoutes, bind: factures },
  { routes: archiveRoutes, bind: archives },
  { routes: fraisRoutes, bind: frais },
  { routes: financementRoutes, bind: financement },
  { routes: atelierRoutes, bind: ateliers },
  { routes: guichetRoutes, bind: guichet },
  { routes: creneauRoutes, bind: creneaux },
  { routes: bordereauRoutes, bind: remboursements },
  { routes: clotureRoutes, bind: clotures },
  { routes: parametrePaiementRoutes, bind: parametresPaiement },
  { routes: remiseBancaireRoutes, bind: remisesBancaires },
  { routes: retourBancaireRoutes, bind: retoursBancaires },
  { routes: incidentRoutes, bind: incidents },
  { routes: compteBancaireRoutes, bind: comptesBancaires },
  { routes: duRoutes, bind: du },
  { routes: echeanceRoutes, bind: echeances },
  { routes: avoirRoutes, bind: avoirs },
  { routes: repriseRoutes, bind: reprises },
  { routes: creanceRoutes, bind: creances },
  { routes: accueilRoutes, bind: alertes },
  { routes: notificationRoutes, bind: notifications },
  { routes: pilotageRoutes, bind: pilotage },
  { routes: carnetRoutes, bind: distribution },
  { routes: attributionRoutes, bind: attributions },
  { routes: importAttributionRoutes, bind: importsAttributions },
  { routes: oppositionRoutes, bind: oppositions },
  { routes: correctionRoutes, bind: corrections },
  { routes: inventaireRoutes, bind: inventaires },
  { routes: couvertureRoutes, bind: couverture },
  { routes: lieuRoutes, bind: lieux },
  { routes: prescriptionRoutes, bind: prescriptions },
  { routes: remiseRoutes, bind: remises },
  { routes: referentielRoutes, bind: referentiels },
  { routes: rechercheRoutes, bind: recherche },
]

/** Every route by its name. */
export const ROUTES: Record<string, Route> = Object.assign({}, ...MODULES.map(({ routes }) => routes))
