// How long the random tests last: the short way at every change, the long one by `npm run nightly`; a seed to play one again.

/** True under `npm run nightly`. */
export const isNightly = () => process.env.NIGHTLY === '1'

/** The seed given to play a failure again (`SEED=42 npm run nightly`), else a new one. */
export const seedOfRun = () => Number(process.env.SEED ?? process.hrtime.bigint() % 1_000_000n)

/** Ten slices of a hundred sequences, a seed each: a night cut short has proved the slices that it says. */
const SLICES = ['apps/api/test/money.test.ts', 'apps/api/test/custody.test.ts'].flatMap((file) => Array.from({ length: 10 }, () => file))
const WALKS = ['apps/api/test/walks/states.test.ts']
const SEEDS = 20

/**
 * `npm run nightly [-- models|mutants|fuzz|drill]`: the long form of every random proof, one after the other, with the seconds of each.
 * @param {Record<'models' | 'mutants' | 'fuzz' | 'drill', (words: string[], env?: NodeJS.ProcessEnv) => Promise<unknown>>} tasks @param {string[]} words
 */
export async function nightly(tasks, words) {
  const first = seedOfRun()
  /** @type {[keyof typeof tasks, string[], NodeJS.ProcessEnv?][]} */
  const all = [
    ...SLICES.map(
      (file, rank) =>
        /** @type {['models', string[], NodeJS.ProcessEnv]} */ (['models', [file, '-t', 'sequences'], { SEED: String(first + rank) }]),
    ),
    ['models', WALKS],
    ['mutants', []],
    ['fuzz', ['--requests', '200000']],
    ...Array.from(
      { length: SEEDS },
      (_, seed) => /** @type {['drill', string[]]} */ (['drill', ['--seconds', '60', '--seed', String(seed + 1)]]),
    ),
  ]
  let failed = 0
  const stages = all.filter(([name]) => words.length === 0 || words.includes(name))
  for (const [name, args, env = {}] of stages) {
    const started = performance.now()
    const code = Number(await tasks[name](args, env))
    if (code !== 0) failed += 1
    const said = [name, ...args, ...(env.SEED ? [`SEED=${env.SEED}`] : [])].join(' ')
    console.log(`${code === 0 ? 'ok   ' : 'ÉCHEC'} ${said} ${((performance.now() - started) / 1000).toFixed(0)} s`)
  }
  console.log(`nightly stages=${stages.length} failed=${failed} ${failed === 0 ? 'PASS' : 'FAIL'}`)
  return failed === 0 ? 0 : 1
}
