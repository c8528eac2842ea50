import { produceLot } from './modules/commandes/produce-lot.ts'
import type { Tasks } from './platform/jobs/job.ts'

/** Every task of the modules, by the name that `enqueue` gives. */
export const TASKS: Tasks = {
  'produce-lot': produceLot,
}
