import { CREANCE_LABELS } from '@pass/domain/creances.ts'
import { statutBadge } from '../../ui/badge.tsx'

export const CreanceBadge = statutBadge(CREANCE_LABELS, {
  declaree: 'info',
  examinee: 'attente',
  acceptee: 'attente',
  refusee: 'refus',
  payee: 'bien',
})
