// Where tests live: read by vitest, by Playwright, and by the check that none is left out.
import { globSync } from 'node:fs'
import { matchesGlob, relative } from 'node:path'
import { root } from './common.mjs'

export const VITEST = ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/{src,test}/**/*.test.{ts,tsx}', '{prisma,bench,tools}/**/*.test.ts']
export const E2E = { folder: 'apps/e2e', match: '**/*.e2e.ts' }

const exclude = (/** @type {string} */ path) => /(^|\/)(node_modules|dist|\.data|\.git)$/.test(path)
/** Files of the repository, by patterns from its root. @param {string[]} patterns */
export const filesOf = (patterns) => globSync(patterns, { cwd: root, exclude }).toSorted()

/** Every test file on the disk, wherever it is. */
export const testsOnDisk = () => ({ unit: filesOf(['**/*.{test,spec}.{ts,tsx,mts,mjs,js}']), e2e: filesOf(['**/*.e2e.{ts,tsx}']) })

/** Test files that no run would take. @returns {string[]} */
export function orphans() {
  const { unit, e2e } = testsOnDisk()
  return [
    ...unit.filter((file) => !VITEST.some((pattern) => matchesGlob(file, pattern))),
    ...e2e.filter((file) => !matchesGlob(file, `${E2E.folder}/${E2E.match}`)),
  ]
}
/** Path from the root of the repository. @param {string} file */
export const fromRoot = (file) => relative(root, file)
