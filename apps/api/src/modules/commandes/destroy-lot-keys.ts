import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LOT_CLE_JOURS } from '@pass/domain/impressions.ts'
import type { SystemTask } from '../../platform/jobs/job.ts'
import { impressionsDir } from './impressions.ts'

type Row = { lot_id: string; impression_ids: string[] }

/** What is left of a print file, taken or not: its pieces open no more. */
const remove = async (dir: string, ids: readonly string[]) => {
  const files = await readdir(dir).catch(() => [])
  for (const file of files) if (ids.some((id) => file.startsWith(id))) await rm(join(dir, file), { force: true })
}

/** Every night: seven days after the print file of a lot was taken, its key goes, and with it the means to derive its codes. */
export const destroyLotKeys: SystemTask = {
  cron: '15 2 * * *',
  run: async ({ now }, deps) => {
    const { rows } = await deps.pool.query<Row>('select lot_id, impression_ids from lot_cles_destroy($1, $2, $3)', [
      now,
      LOT_CLE_JOURS,
      'operateur.systeme',
    ])
    const ids = rows.flatMap(({ impression_ids }) => impression_ids)
    if (ids.length > 0) await remove(impressionsDir(deps), ids)
  },
}
