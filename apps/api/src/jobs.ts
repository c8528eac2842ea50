import { sendDigests } from './modules/alertes/send-digests.ts'
import { produceLot } from './modules/commandes/produce-lot.ts'
import type { Tasks } from './platform/jobs/job.ts'
import { MAIL_TASKS } from './platform/mail/send-courriel.ts'

/** Every task, by the name that `enqueue` gives. */
export const TASKS: Tasks = {
  'produce-lot': produceLot,
  ...MAIL_TASKS,
  'send-digests': sendDigests,
}
