import { COMMANDE_LABELS } from '@pass/domain/commandes.ts'
import { statutBadge } from '../../ui/badge.tsx'

export const CommandeBadge = statutBadge(COMMANDE_LABELS, {
  brouillon: 'neutre',
  devis: 'attente',
  signee: 'info',
  maquette_a_valider: 'attente',
  maquette_refusee: 'attente',
  maquette_validee: 'info',
  en_production: 'info',
  expediee: 'info',
  livree: 'bien',
  close: 'neutre',
  annulee: 'refus',
})
