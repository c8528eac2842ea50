import type { Commands } from './platform/cli.ts'

/** Every command of the modules, loaded when it is called. */
export const COMMANDS: Commands = {
  'demo codes': async () => (await import('./modules/distribution/demo-codes.ts')).demoCodes,
  reconcilier: async () => (await import('./modules/comptabilite/reconcilier.ts')).reconcilier,
  'demo check': async () => (await import('./modules/pilotage/demo-check.ts')).demoCheck,
  archive: async () => (await import('./modules/exports/archive-command.ts')).archiveCommand,
  'verifier-archive': async () => (await import('./modules/exports/verifier-archive.ts')).verifierArchive,
  'echeances jour': async () => (await import('./modules/echeances/echeances-jour.ts')).echeancesJour,
  'remboursements preparer': async () => (await import('./modules/remboursements/remboursements-cli.ts')).preparer,
  'remboursements controler': async () => (await import('./modules/remboursements/remboursements-cli.ts')).controler,
  'remboursements approuver': async () => (await import('./modules/remboursements/remboursements-cli.ts')).approuver,
  'remboursements transmettre': async () => (await import('./modules/remboursements/remboursements-cli.ts')).transmettre,
  'remboursements retour': async () => (await import('./modules/remboursements/remboursements-cli.ts')).retour,
  'remboursements etat': async () => (await import('./modules/remboursements/remboursements-cli.ts')).etat,
  'financement verifier': async () => (await import('./modules/financement/verifier.ts')).verifierFinancement,
  'lieux import': async () => (await import('./modules/lieux/import-lieux.ts')).lieuxImport,
}
