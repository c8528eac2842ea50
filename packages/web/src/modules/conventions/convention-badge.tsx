import { CONVENTION_LABELS } from '@pass/domain/conventions.ts'
import { statutBadge } from '../../ui/badge.tsx'

export const ConventionBadge = statutBadge(CONVENTION_LABELS, {
  brouillon: 'attente',
  signee: 'info',
  active: 'bien',
  en_bilan: 'info',
  soldee: 'neutre',
  close: 'neutre',
  resiliee: 'refus',
})
