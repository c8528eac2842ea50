import { sendDigests } from './modules/alertes/send-digests.ts'
import { sweepPieces } from './modules/fichiers/sweep-pieces.ts'
import { activateLotTask } from './modules/commandes/activate-carnets.ts'
import { destroyLotKeys } from './modules/commandes/destroy-lot-keys.ts'
import { makeImpression } from './modules/commandes/make-impression.ts'
import { moveLotTask } from './modules/commandes/move-lot.ts'
import { applyImportFile } from './modules/distribution/apply-import.ts'
import { closeLotTask } from './modules/echeances/close-lot.ts'
import { tendEcheances } from './modules/echeances/tend-echeances.ts'
import { readImportFile } from './modules/distribution/upload-import.ts'
import { nightlyControles, runControles } from './modules/comptabilite/controles.ts'
import { produceLot } from './modules/commandes/produce-lot.ts'
import { makeArchive } from './modules/exports/make-archive.ts'
import { sweepArchives } from './modules/exports/sweep-archives.ts'
import { prolongLots } from './modules/conventions/public.ts'
import { applyRepriseTask } from './modules/reprises/apply-reprise.ts'
import { readRepriseFile } from './modules/reprises/upload-fichier.ts'
import { applyRetourFile } from './modules/remboursements/import-retour.ts'
import { closePeriodeTask } from './modules/remboursements/close-periode-task.ts'
import type { Tasks } from './platform/jobs/job.ts'
import { MAIL_TASKS } from './platform/mail/send-courriel.ts'

/** Every task, by the name that `enqueue` gives. */
export const TASKS: Tasks = {
  'prolong-lots': prolongLots,
  'run-controles': runControles,
  'nightly-controles': nightlyControles,
  'make-archive': makeArchive,
  'sweep-archives': sweepArchives,
  'produce-lot': produceLot,
  'apply-retour': applyRetourFile,
  'apply-import': applyImportFile,
  'read-import': readImportFile,
  'read-reprise': readRepriseFile,
  'apply-reprise': applyRepriseTask,
  'make-impression': makeImpression,
  'move-lot': moveLotTask,
  'activate-lot': activateLotTask,
  'destroy-lot-keys': destroyLotKeys,
  'close-lot': closeLotTask,
  'tend-echeances': tendEcheances,
  'close-period': closePeriodeTask,
  ...MAIL_TASKS,
  'send-digests': sendDigests,
  'sweep-pieces': sweepPieces,
}
