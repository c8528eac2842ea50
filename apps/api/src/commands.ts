import type { Commands } from './platform/cli.ts'

/** Every command of the modules, loaded when it is called: `lieux import`, `demo codes`, `demo check`, `reconcilier`. */
export const COMMANDS: Commands = {
  'demo codes': async () => (await import('./modules/distribution/demo-codes.ts')).demoCodes,
  reconcilier: async () => (await import('./modules/comptabilite/reconcilier.ts')).reconcilier,
  'demo check': async () => (await import('./modules/pilotage/demo-check.ts')).demoCheck,
  'lieux import': async () => (await import('./modules/lieux/import-lieux.ts')).lieuxImport,
}
