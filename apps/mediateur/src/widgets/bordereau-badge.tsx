import { BORDEREAU_LABELS } from '@pass/domain/bordereaux.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'

export const BordereauBadge = statutBadge(BORDEREAU_LABELS, {
  ouvert: 'neutre',
  arrete: 'attente',
  controle: 'attente',
  approuve: 'info',
  transmis: 'info',
  paye: 'bien',
  rejete: 'refus',
})
