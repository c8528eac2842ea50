import { FACTURE_LABELS } from '@pass/domain/factures.ts'
import { statutBadge } from '../../ui/badge.tsx'

export const FactureBadge = statutBadge(FACTURE_LABELS, {
  deposee: 'info',
  mise_a_disposition: 'info',
  suspendue: 'attente',
  a_recycler: 'attente',
  rejetee: 'refus',
  mandatee: 'info',
  payee: 'bien',
})
