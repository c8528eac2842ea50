import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SystemTask } from '../../platform/jobs/job.ts'

const DAY_MS = 24 * 3600_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Milliseconds by the machine's clock: what the disk dates its files with. */
const machineNow = () => performance.timeOrigin + performance.now()

/** Files of a folder that nobody has written to for this long. */
const settledIn = async (folder: string, ageMs: number): Promise<string[]> => {
  const names = await readdir(folder)
  const ages = await Promise.all(names.map(async (name) => machineNow() - (await stat(join(folder, name))).mtimeMs))
  return names.filter((_, i) => ages[i]! >= ageMs)
}

const foldersIn = async (dir: string): Promise<string[]> => {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(dir, name))
}

/**
 * Removes the files that no row holds: those of transactions that were undone, and halves of files. A day old at least: what is being
 * deposited now has no row that others see yet.
 */
export const sweepPieces: SystemTask = {
  cron: '17 3 * * *',
  run: async ({ payload }, { pool, config }) => {
    const ageMs = typeof payload['ageMs'] === 'number' ? payload['ageMs'] : DAY_MS
    for (const folder of await foldersIn(config.filesDir)) {
      const settled = await settledIn(folder, ageMs)
      const ids = settled.filter((name) => UUID.test(name))
      const { rows } = await pool.query<{ id: string }>('select pieces_known($1) id', [ids])
      const known = new Set(rows.map(({ id }) => id))
      const orphans = settled.filter((name) => (UUID.test(name) ? !known.has(name) : name.endsWith('.part')))
      await Promise.all(orphans.map((name) => rm(join(folder, name), { force: true })))
    }
  },
}
