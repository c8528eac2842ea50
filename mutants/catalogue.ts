import { MONEY } from './money.ts'
import { PAYMENTS } from './payments.ts'
import { RIGHTS } from './rights.ts'
import { REDEMPTION } from './redemption.ts'

/** Text replaced once: in a database function, or in a source file while it is loaded. */
export type Fault = {
  sql?: { function: string; from: string; to: string }
  /** Run on the migrated database: a constraint, a trigger or a policy let go. */
  statement?: string
  source?: { file: string; from: string; to: string }
}

/** One fault that a developer could make, and the tests that must see it. */
export type Mutant = Fault & { name: string; tests: readonly string[] }

export const MUTANTS: readonly Mutant[] = [...REDEMPTION, ...MONEY, ...PAYMENTS, ...RIGHTS]
