import { cut } from '@pass/domain/colis.ts'
import { countOf } from '@pass/domain/plages.ts'
import { z } from 'zod'
import type { Task } from '../../platform/jobs/job.ts'
import { moveRange } from './lot-task.ts'

/** Carnets moved in one transaction. */
const CHUNK = 5_000
const Payload = z.object({
  task: z.enum(['ship', 'receive']),
  collectiviteId: z.uuid(),
  lotId: z.uuid(),
  plages: z.array(z.object({ premiere: z.int(), derniere: z.int() })),
  at: z.iso.datetime(),
})

/** Ships or receives a large lot, chunk by chunk. Run again, it passes over what is done. */
export const moveLotTask: Task = async (job) => {
  const { at, ...payload } = Payload.parse(job.payload)
  const move = { ...payload, at: new Date(at) }
  const total = countOf(move.plages)
  let done = 0
  for (const plage of move.plages.flatMap((one) => cut(one, CHUNK))) {
    await job.write({ lotId: move.lotId, task: move.task }, (ctx) => moveRange(ctx, move, plage))
    done += plage.derniere - plage.premiere + 1
    await job.progress(done, total)
  }
}
