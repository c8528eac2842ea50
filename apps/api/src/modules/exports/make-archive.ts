import { z } from 'zod'
import type { Task } from '../../platform/jobs/job.ts'
import { reach } from '../../platform/reach.ts'
import { seal } from '../../platform/sealed-file.ts'
import { archiveKey, archivePath, makeArchivesDir } from './archive-files.ts'
import { writeArchive } from './write-archive.ts'

const Payload = z.object({ archiveId: z.uuid() })

/** Makes an archive and keeps it sealed until it is downloaded. Stopped in the middle, it starts the file again. */
export const makeArchive: Task = async (job, deps) => {
  const { archiveId } = Payload.parse(job.payload)
  const asked = await job.read((ctx) => ctx.db.archive.findFirst({ where: { id: archiveId, ...reach(ctx, 'archive') } }))
  if (asked?.statut !== 'en_preparation') return
  await makeArchivesDir(deps)
  const sealer = await seal(archivePath(deps, archiveId), archiveKey(deps, archiveId))
  await job.snapshot((ctx) => writeArchive(ctx, sealer, job.progress))
  const { octets, empreinte } = await sealer.end()
  await job.write({ archiveId }, async (ctx) => {
    await ctx.db.archive.updateMany({
      where: { id: archiveId, statut: 'en_preparation', ...reach(ctx, 'archive') },
      data: { statut: 'prete', preteAt: job.now, octets: BigInt(octets), empreinte: new Uint8Array(empreinte) },
    })
  })
}
