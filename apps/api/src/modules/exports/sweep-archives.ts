import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ARCHIVE_JOURS } from '@pass/domain/archives.ts'
import type { SystemTask } from '../../platform/jobs/job.ts'
import { archivesDir } from './archive-files.ts'

const DAY_MS = 24 * 3600_000

/** Every night: archives that can no longer be downloaded leave the disk. The day after, so that no download is cut. */
export const sweepArchives: SystemTask = {
  cron: '37 3 * * *',
  run: async ({ payload }, deps) => {
    const ageMs = typeof payload['ageMs'] === 'number' ? payload['ageMs'] : (ARCHIVE_JOURS + 1) * DAY_MS
    const dir = archivesDir(deps)
    // the disk dates its files by the machine's clock
    const now = performance.timeOrigin + performance.now()
    for (const name of await readdir(dir).catch(() => []))
      if (now - (await stat(join(dir, name))).mtimeMs >= ageMs) await rm(join(dir, name), { force: true })
  },
}
