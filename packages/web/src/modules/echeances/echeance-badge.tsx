import { ECHEANCE_STATUT_LABELS } from '@pass/domain/echeance-suivi.ts'
import { statutBadge } from '../../ui/badge.tsx'

export const EcheanceBadge = statutBadge(ECHEANCE_STATUT_LABELS, {
  en_cours: 'info',
  releve: 'attente',
  cloture: 'attente',
  close: 'bien',
  prolongee: 'neutre',
})
