// `npm run mutants -- [--only WORDS]`: plants one fault at a time in money, redemption and rights, and runs the tests that must see it.
import { parseArgs } from 'node:util'
import { MUTANTS } from './catalogue.ts'
import { runClean, tryMutant } from './run.ts'

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const chosen = MUTANTS.filter(({ name }) => name.includes(values.only ?? ''))
if (chosen.length === 0) {
  console.error(`Aucune faute ne s’appelle ainsi. Elles sont\u00a0:\n${MUTANTS.map(({ name }) => `  ${name}`).join('\n')}`)
  process.exit(2)
}

const { clean, said } = await runClean(chosen)
console.log(said)
if (!clean) {
  console.log(`mutants killed=0/${chosen.length} FAIL`)
  process.exit(1)
}
let killed = 0
for (const mutant of chosen) {
  // one after the other: each has its own database, and the machine two cores
  const outcome = await tryMutant(mutant)
  if (outcome.verdict === 'killed') killed += 1
  console.log(
    `${outcome.verdict.padEnd(8)} ${outcome.seconds.toFixed(0).padStart(3)} s  ${mutant.name}${outcome.said ? `\n${outcome.said}` : ''}`,
  )
}
console.log(`mutants killed=${killed}/${chosen.length} ${killed === chosen.length ? 'PASS' : 'FAIL'}`)
process.exit(killed === chosen.length ? 0 : 1)
