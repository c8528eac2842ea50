import { defineConfig } from 'vitest/config'
import { VITEST } from './tools/test-files.mjs'

export default defineConfig({
  test: {
    include: VITEST,
    globalSetup: ['apps/api/test/postgres.setup.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
