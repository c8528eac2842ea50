import { VERSION_LABELS } from '@pass/domain/convention-termes.ts'
import { statutBadge } from '../../ui/badge.tsx'

export const VersionBadge = statutBadge(VERSION_LABELS, {
  brouillon: 'attente',
  en_vigueur: 'bien',
  remplacee: 'neutre',
  abandonnee: 'neutre',
})
