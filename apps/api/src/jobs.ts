import { sendDigests } from './modules/alertes/send-digests.ts'
import { sweepPieces } from './modules/fichiers/sweep-pieces.ts'
import { activateLotTask } from './modules/commandes/activate-carnets.ts'
import { destroyLotKeys } from './modules/commandes/destroy-lot-keys.ts'
import { makeImpression } from './modules/commandes/make-impression.ts'
import { moveLotTask } from './modules/commandes/move-lot.ts'
import { applyImportFile } from './modules/distribution/apply-import.ts'
import { readImportFile } from './modules/distribution/upload-import.ts'
import { produceLot } from './modules/commandes/produce-lot.ts'
import { prolongLots } from './modules/conventions/public.ts'
import type { Tasks } from './platform/jobs/job.ts'
import { MAIL_TASKS } from './platform/mail/send-courriel.ts'

/** Every task, by the name that `enqueue` gives. */
export const TASKS: Tasks = {
  'prolong-lots': prolongLots,
  'produce-lot': produceLot,
  'apply-import': applyImportFile,
  'read-import': readImportFile,
  'make-impression': makeImpression,
  'move-lot': moveLotTask,
  'activate-lot': activateLotTask,
  'destroy-lot-keys': destroyLotKeys,
  ...MAIL_TASKS,
  'send-digests': sendDigests,
  'sweep-pieces': sweepPieces,
}
