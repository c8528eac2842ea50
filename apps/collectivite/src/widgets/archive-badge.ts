import { ARCHIVE_LABELS } from '@pass/domain/archives.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'

export const ArchiveBadge = statutBadge(ARCHIVE_LABELS, { en_preparation: 'info', prete: 'bien' })
