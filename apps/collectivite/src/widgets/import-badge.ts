import { IMPORT_LABELS } from '@pass/domain/import-attributions.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'

export const ImportBadge = statutBadge(IMPORT_LABELS, {
  a_lire: 'info',
  illisible: 'refus',
  en_erreur: 'refus',
  a_confirmer: 'attente',
  en_cours: 'info',
  applique: 'bien',
})
