import { expect, test } from 'vitest'
import { archiveEndOf, whyNotAskArchive, whyNotTakeArchive } from './archives.ts'

test('one archive at a time', () => {
  expect(whyNotAskArchive({ enPreparation: false })).toBeNull()
  expect(whyNotAskArchive({ enPreparation: true })?.code).toBe('archive_statut')
})

test('an archive is downloaded once ready, for thirty days', () => {
  const ready = { statut: 'prete', dateDemande: '2026-03-02' } as const
  expect(archiveEndOf('2026-03-02')).toBe('2026-04-01')
  expect(whyNotTakeArchive({ ...ready, statut: 'en_preparation' }, '2026-03-02')?.message).toContain('en préparation')
  expect(whyNotTakeArchive(ready, '2026-03-31')).toBeNull()
  expect(whyNotTakeArchive(ready, '2026-04-01')?.message).toContain('depuis le 01/04/2026')
  expect(whyNotTakeArchive({ ...ready, present: false }, '2026-03-03')?.code).toBe('archive_statut')
})
