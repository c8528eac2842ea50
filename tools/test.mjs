// `npm test`: set-up, check, unit and API tests, browser tests; seconds per stage, and the account of both reports on the last line.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { at, explain, isStopping, node, Stop } from './common.mjs'
import { needChromium } from './chromium.mjs'
import { build, generate } from './setup.mjs'
import { E2E, fromRoot, testsOnDisk } from './test-files.mjs'

const VITEST = at('.data/vitest.json')
const PLAYWRIGHT = at('.data/playwright.json')
/** @typedef {{ passed: number, failed: number, skipped: number }} Account */

const read = (/** @type {string} */ file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
const left = (/** @type {string[]} */ wanted, /** @type {string[]} */ run) => wanted.filter((file) => !run.includes(file))
const all = (/** @type {string[]} */ words) => words.length === 0

/** A file that found no test to run (it does not load) counts as one failure; so does a run without a report. @returns {Account} */
function unitAccount() {
  const report = read(VITEST)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const broken = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Unit and API tests. @param {string[]} words */
async function unitTests(words) {
  rmSync(VITEST, { force: true })
  const args = ['run', '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`, ...words]
  const { code } = await node(at('node_modules/vitest/vitest.mjs'), args, { show: true })
  const { testResults = [] } = read(VITEST) ?? {}
  const forgotten = left(
    testsOnDisk().unit,
    testResults.map((/** @type {{ name: string }} */ file) => fromRoot(file.name)),
  )
  if (all(words) && forgotten.length) console.error(`Ces fichiers de test n’ont pas été joués\u00a0: ${forgotten.join(', ')}`)
  return code === 0 && !(all(words) && forgotten.length)
}

/** Playwright keeps suites in suites; the file is named on each. @returns {string[]} */
const filesIn = (/** @type {{ suites?: object[], file?: string }} */ suite) => [
  ...(suite.file ? [`${E2E.folder}/${suite.file}`] : []),
  ...(suite.suites ?? []).flatMap(filesIn),
]
/** @returns {Account} */
function browserAccount() {
  if (testsOnDisk().e2e.length === 0) return { passed: 0, failed: 0, skipped: 0 }
  const report = read(PLAYWRIGHT)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  if (flaky) console.log(`${flaky} au second essai seulement (tests de navigateur)`)
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped }
}

/** Journeys in a real Chromium. @param {string[]} words @returns {Promise<number>} exit code */
export async function browserTests(words) {
  await generate()
  await build()
  rmSync(PLAYWRIGHT, { force: true })
  const { e2e } = testsOnDisk()
  if (e2e.length === 0) return 0
  await needChromium()
  const { code } = await node(at('node_modules/@playwright/test/cli.js'), ['test', '--reporter=list,json', ...words], {
    show: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT, NODE_OPTIONS: '' },
  })
  const forgotten = left(e2e, filesIn(read(PLAYWRIGHT) ?? {}))
  if (all(words) && forgotten.length) console.error(`Ces parcours n’ont pas été joués\u00a0: ${forgotten.join(', ')}`)
  return code === 0 && !(all(words) && forgotten.length) ? 0 : 1
}

/** Which tests failed, unit and API: said again at the very end, where a long log is read first. @returns {string[]} */
function unitFailures() {
  const { testResults = [] } = read(VITEST) ?? {}
  return testResults.flatMap(
    (
      /** @type {{ name: string, status: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }} */ file,
    ) => {
      const tests = file.assertionResults.filter(({ status }) => status === 'failed')
      const said = tests.map(({ fullName, failureMessages = [] }) => `${fullName}\n    ${(failureMessages[0] ?? '').slice(0, 600)}`)
      return (file.status === 'failed' && said.length === 0 ? ['ne se charge pas'] : said).map((one) => `  ${fromRoot(file.name)} › ${one}`)
    },
  )
}

/** @param {string[]} words passed to vitest @returns {Promise<number>} exit code */
export async function test(words) {
  mkdirSync(at('.data'), { recursive: true })
  rmSync(VITEST, { force: true })
  rmSync(PLAYWRIGHT, { force: true })
  const { check } = await import('./check.mjs')
  /** @type {[string, () => Promise<boolean>][]} */
  const stages = [
    ['préparation', async () => (await generate(), await build(), true)],
    ['contrôles', async () => (await check()) === 0],
    ['tests unitaires et d’API', () => unitTests(words)],
    ['tests de navigateur', async () => (await browserTests([])) === 0],
  ]
  const times = []
  let failed = false
  for (const [name, stage] of stages) {
    if (isStopping()) return 1
    console.log(`\n— ${name}`)
    const t = performance.now()
    const ok = await stage().catch((error) => {
      console.error(error instanceof Stop ? error.message : (explain(error) ?? error))
      return false
    })
    failed ||= !ok
    times.push(`  ${ok ? 'ok   ' : 'ÉCHEC'} ${name.padEnd(26)} ${((performance.now() - t) / 1000).toFixed(1).padStart(6)} s`)
  }
  const failures = unitFailures()
  if (failures.length) console.log(`\n${failures.join('\n')}`)
  console.log(`\n${times.join('\n')}`)
  const [unit, browser] = [unitAccount(), browserAccount()]
  const sum = (/** @type {keyof Account} */ key) => unit[key] + browser[key]
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
  return failed || sum('failed') > 0 ? 1 : 0
}
