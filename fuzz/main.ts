// `npm run fuzz -- [--requests 10000] [--seed N] [--from N] [--sabotage NAME]`: calls made from the documentation of the API.
import { parseArgs } from 'node:util'
import { fuzz, report } from './run.ts'
import { isSabotage, SABOTAGES } from './sabotage.ts'
import { openTarget } from './server.ts'

const { values } = parseArgs({
  options: { requests: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' }, sabotage: { type: 'string' } },
})
const [calls, from] = [Number(values.requests ?? 10_000), Number(values.from ?? 0)]
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
const sabotage = values.sabotage ?? null

if (
  !Number.isInteger(calls) ||
  calls < 1 ||
  !Number.isInteger(seed) ||
  !Number.isInteger(from) ||
  (sabotage !== null && !isSabotage(sabotage))
) {
  console.error(`Usage\u00a0: npm run fuzz -- [--requests 10000] [--seed 42] [--from 0] [--sabotage ${SABOTAGES.join('|')}]`)
  process.exit(2)
}
const target = await openTarget(sabotage)
const outcome = await fuzz(target, { calls, seed, from })
await target.close()
console.log(report(outcome, seed))
process.exit(outcome.found.length === 0 ? 0 : 1)
