import { APPEL_LABELS } from '@pass/domain/financement.ts'
import { statutBadge } from '../../ui/badge.tsx'

export const AppelBadge = statutBadge(APPEL_LABELS, { brouillon: 'neutre', appele: 'attente', recu: 'bien', refuse: 'refus' })
