import { incidentRoutes } from '@pass/contracts/incidents.ts'
import { remiseBancaireRoutes, retourBancaireRoutes } from '@pass/contracts/remises-bancaires.ts'
import { BORDEREAU_READS } from './act.ts'

/** What a file sent to the bank, or its answer, changes. */
export const BANQUE_READS = [
  remiseBancaireRoutes.listRemises,
  remiseBancaireRoutes.getRemiseBancaire,
  remiseBancaireRoutes.listVirements,
  retourBancaireRoutes.listRetours,
  ...BORDEREAU_READS,
]

/** What an incident changes before a bordereau takes it. */
export const INCIDENT_READS = [incidentRoutes.listIncidents, incidentRoutes.getIncident, incidentRoutes.listBordereauUtilisations]
