import { VIREMENT_LABELS } from '@pass/domain/bordereaux.ts'
import { INCIDENT_LABELS } from '@pass/domain/incidents.ts'
import { RETOUR_EFFET_LABELS, RETOUR_LABELS } from '@pass/domain/retours.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'

export const VirementBadge = statutBadge(VIREMENT_LABELS, { a_emettre: 'neutre', emis: 'attente', execute: 'bien', rejete: 'refus' })
export const RetourBadge = statutBadge(RETOUR_LABELS, { a_lire: 'attente', applique: 'bien', refuse: 'refus' })
export const EffetBadge = statutBadge(RETOUR_EFFET_LABELS, {
  execute: 'bien',
  rejete: 'refus',
  revenu: 'refus',
  attente: 'attente',
  inconnu: 'neutre',
})
export const IncidentBadge = statutBadge(INCIDENT_LABELS, { demande: 'attente', approuve: 'info', refuse: 'neutre', repris: 'bien' })
