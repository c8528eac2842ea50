import { defineConfig } from 'vitest/config'
import { VITEST } from './tools/test-files.mjs'

export default defineConfig({
  test: {
    include: VITEST,
    globalSetup: ['apps/api/test/postgres.setup.ts'],
    pool: 'threads',
    isolate: false, // each worker loads the server once, not once a file: half the time of the run
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
