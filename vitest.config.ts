import { defineConfig } from 'vitest/config'
import { mutantPlugins, planted } from './tools/mutant.mjs'
import { VITEST } from './tools/test-files.mjs'

export default defineConfig({
  plugins: mutantPlugins(),
  test: {
    include: VITEST,
    globalSetup: ['apps/api/test/postgres.setup.ts'],
    pool: 'threads',
    isolate: false, // each worker loads the server once, not once a file: half the time of the run
    maxWorkers: 2,
    testTimeout: 60_000, // a shared machine is at times five times slower than an idle one
    hookTimeout: 90_000,
    retry: process.env.CI ? 1 : 0,
    ...(planted() && {
      fsModuleCache: false, // neither read nor written: a fault must not outlive its run
      server: { deps: { inline: [/@pass\//, /\/packages\//] } }, // our packages through vite, where a fault is planted, not by Node itself
    }),
  },
})
