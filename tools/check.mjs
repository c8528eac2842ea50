// `npm run check`: everything that a machine can hold against the sources. Seconds per stage, and a failing tool's own words.
import { at, exists, isStopping, node } from './common.mjs'
import { boundaries } from './boundaries.mjs'
import { generate } from './setup.mjs'
import { filesOf, orphans } from './test-files.mjs'

/** @typedef {{ ok: boolean, output: string }} Result */

const tool = async (/** @type {string} */ file, /** @type {string[]} */ args) => {
  const { code, output } = await node(at('node_modules', file), args)
  return { ok: code === 0, output }
}

/** One project a package, two at a time. @returns {Promise<Result>} */
async function types() {
  const projects = ['tsconfig.json', ...filesOf(['{packages,apps}/*/tsconfig.json'])].filter(exists)
  /** @type {Result[]} */
  const results = []
  const missing = filesOf(['{packages,apps}/*/package.json']).filter((file) => !exists(file.replace('package.json', 'tsconfig.json')))
  for (const file of missing) results.push({ ok: false, output: `${file}: its folder has no tsconfig.json\n` })
  const queue = [...projects]
  const work = async () => {
    for (let project = queue.shift(); project && !isStopping(); project = queue.shift())
      results.push(await tool('typescript/bin/tsc', ['-p', at(project), '--pretty', 'false']))
  }
  await Promise.all([work(), work()])
  return { ok: results.every(({ ok }) => ok), output: results.map(({ output }) => output).join('') }
}

/** What no tool says: names of files, and tests that no run would take. @returns {Promise<Result>} */
async function names() {
  const sources = filesOf(['{apps,packages,prisma,bench,tools}/**/*.{ts,tsx,mjs,css,sql,prisma}'])
  const faults = [
    ...sources.filter((file) => /[^\x20-\x7e]/.test(file)).map((file) => `${file}: a name in ASCII`),
    ...sources.filter((file) => /(^|\/)index\.tsx?$/.test(file)).map((file) => `${file}: no barrel`),
    ...orphans().map((file) => `${file}: no test run takes this file (tools/test-files.mjs)`),
  ]
  return { ok: faults.length === 0, output: faults.join('\n') }
}

/** @type {[string, () => Promise<Result>][]} */
const STAGES = [
  ['noms', names],
  ['types', types],
  ['format', () => tool('oxfmt/bin/oxfmt', ['--check', '.'])],
  ['règles', () => tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '--format=unix', '.'])],
  ['frontières', boundaries],
  [
    'inutilisés',
    () => tool('knip/bin/knip.js', ['--no-progress', '--no-config-hints', '--include', 'files,dependencies,unlisted,unresolved']),
  ],
]

/** Runs every stage, even after a failure. @returns {Promise<number>} exit code */
export async function check() {
  await generate()
  let failed = 0
  for (const [name, stage] of STAGES) {
    if (isStopping()) break
    const t = performance.now()
    const { ok, output } = await stage()
    const seconds = ((performance.now() - t) / 1000).toFixed(1)
    console.log(`  ${ok ? 'ok   ' : 'ÉCHEC'} ${name.padEnd(12)} ${seconds.padStart(6)} s`)
    if (ok) continue
    failed++
    console.log(output.trimEnd())
  }
  return failed ? 1 : 0
}
