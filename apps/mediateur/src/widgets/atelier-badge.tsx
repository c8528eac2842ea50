import { ATELIER_LABELS } from '@pass/domain/ateliers.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'

export const AtelierBadge = statutBadge(ATELIER_LABELS, {
  brouillon: 'neutre',
  ouvert: 'info',
  complet: 'attente',
  tenu: 'bien',
  valide: 'bien',
  annule: 'refus',
})
