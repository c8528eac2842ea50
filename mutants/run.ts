import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at } from '../tools/common.mjs'
import type { Fault, Mutant } from './catalogue.ts'

type Report = {
  numTotalTests: number
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; message: string; assertionResults: { failureMessages?: string[] }[] }[]
}

export type Verdict = 'killed' | 'survived' | 'broken'
export type Outcome = { mutant: Mutant; verdict: Verdict; seconds: number; said: string }

const MINUTES = 5

/** The given test files, with a fault or with none; the words of vitest are kept for who must know why it could not run. */
const runTests = (tests: readonly string[], fault: Fault | null) =>
  new Promise<{ report: Report | null; output: string }>((done) => {
    const file = join(tmpdir(), `mutant-${randomUUID()}.json`)
    const words = ['run', '--retry', '0', '--reporter', 'json', '--outputFile', file, ...tests]
    const child = spawn(process.execPath, [at('node_modules/vitest/vitest.mjs'), ...words], {
      cwd: at(),
      timeout: MINUTES * 60_000,
      env: { ...process.env, MUTANT: fault ? JSON.stringify(fault) : '', CI: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (output = (output + bytes.toString()).slice(-4000)))
    child.once('close', () => {
      let report: Report | null = null
      try {
        report = JSON.parse(readFileSync(file, 'utf8')) as Report
      } catch {
        // no report: the run itself failed, which is no test that fails
      }
      rmSync(file, { force: true })
      done({ report, output })
    })
  })

/** True when every file ran and every test passed: without it, a fault "killed" by a red suite would prove nothing. */
export const runClean = async (mutants: readonly Mutant[]): Promise<{ clean: boolean; said: string }> => {
  const { report, output } = await runTests([...new Set(mutants.flatMap(({ tests }) => tests))].toSorted(), null)
  if (report === null) return { clean: false, said: output }
  const red = report.testResults.find(({ status }) => status !== 'passed')
  const why = red ? `\n${red.name}\n${red.message || (red.assertionResults.flatMap((one) => one.failureMessages ?? [])[0] ?? '')}` : ''
  return { clean: !red, said: `${report.numPassedTests} of ${report.numTotalTests} tests pass without a fault${why}` }
}

/** A fault is killed by a test that fails, not by a run that could not start. */
export const tryMutant = async (mutant: Mutant): Promise<Outcome> => {
  const started = performance.now()
  const { sql, statement, source } = mutant
  const { report, output } = await runTests(mutant.tests, {
    ...(sql && { sql }),
    ...(statement && { statement }),
    ...(source && { source }),
  })
  const seconds = (performance.now() - started) / 1000
  if (report === null) return { mutant, verdict: 'broken', seconds, said: output }
  if (report.numFailedTests > 0) return { mutant, verdict: 'killed', seconds, said: '' }
  const unread = report.testResults.find(({ status }) => status !== 'passed')
  return unread ? { mutant, verdict: 'broken', seconds, said: unread.message } : { mutant, verdict: 'survived', seconds, said: '' }
}
