// Who may import whom (.dependency-cruiser.cjs), and the proof that the rules read the sources: with a TypeScript that it does
// not take, dependency-cruiser reads almost nothing and finds no violation.
import { at, node } from './common.mjs'
import { filesOf } from './test-files.mjs'

const SOURCES = ['{apps,packages}/*/{src,test}/**/*.{ts,tsx}', 'apps/e2e/**/*.ts']
const isGenerated = (/** @type {string} */ file) => file.includes('platform/prisma/')
/** Rule 1: each of these has one adapter file. */
const ADAPTED = ['stdnum', 'ibantools', 'opening_hours']

/** @typedef {{ source: string, dependencies: { resolved: string }[] }} Module */

/** @returns {Promise<{ ok: boolean, output: string }>} */
export async function boundaries() {
  const args = ['apps', 'packages', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--no-cache']
  const { output } = await node(at('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'), args)
  let report
  try {
    report = JSON.parse(output)
  } catch {
    return { ok: false, output }
  }
  /** @type {Module[]} */
  const modules = report.modules
  const faults = report.summary.violations.map(
    (/** @type {{ rule: { name: string }, from: string, to: string }} */ v) => `${v.rule.name}: ${v.from} -> ${v.to}`,
  )
  for (const name of ADAPTED) {
    const users = modules.filter(
      (m) => m.source.startsWith('packages/domain/src/') && m.dependencies.some((d) => d.resolved.includes(`/${name}/`)),
    )
    if (users.length > 1) faults.push(`one-adapter: ${name} is imported by ${users.map((m) => m.source).join(', ')}`)
  }
  const read = new Set(modules.map((m) => m.source))
  const wanted = filesOf(SOURCES).filter((file) => !isGenerated(file))
  const unread = wanted.filter((file) => !read.has(file))
  if (unread.length > wanted.length / 10)
    faults.push(`the rules read ${wanted.length - unread.length} of ${wanted.length} source files: ${unread.slice(0, 5).join(', ')}…`)
  return { ok: faults.length === 0, output: faults.join('\n') }
}
