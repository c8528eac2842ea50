import { COMPTAGE_LABELS, INVENTAIRE_LABELS } from '@pass/domain/inventaires.ts'
import { ANNULATION_LABELS } from '@pass/domain/oppositions.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'

export const InventaireBadge = statutBadge(INVENTAIRE_LABELS, { ouvert: 'info', clos: 'neutre' })
export const ComptageBadge = statutBadge(COMPTAGE_LABELS, { a_faire: 'attente', juste: 'bien', ecart: 'refus', absent: 'neutre' })
export const AnnulationBadge = statutBadge(ANNULATION_LABELS, { demandee: 'attente', confirmee: 'bien', refusee: 'neutre' })
