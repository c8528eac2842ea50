import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { creanceRoutes } from '@pass/contracts/creances.ts'
import { repriseRoutes } from '@pass/contracts/reprises.ts'
import { REPRISE_LABELS } from '@pass/domain/reprises.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'

export const RepriseBadge = statutBadge(REPRISE_LABELS, {
  ouverte: 'neutre',
  a_lire: 'info',
  en_erreur: 'refus',
  a_confirmer: 'attente',
  en_cours: 'info',
  appliquee: 'bien',
})

/** What is read again once a take-over moved. */
export const REPRISE_READS = [
  repriseRoutes.getReprise,
  repriseRoutes.listReprises,
  repriseRoutes.listRepriseLignes,
  commandeRoutes.listCommandes,
]
/** What is read again once a claim moved. */
export const CREANCE_READS = [creanceRoutes.getCreance, creanceRoutes.listCreances]
