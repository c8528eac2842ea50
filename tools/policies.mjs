// Prints the CREATE POLICY lines of REACH (packages/domain/src/reach.ts), to paste into a migration when a table comes or a reach changes.
// A test compares pg_policies with the same lines, so that neither can move alone.
import { policiesOf } from '../packages/domain/src/reach-policies.ts'

console.log(
  policiesOf()
    .map(({ table, sql }) => `-- ${table}\n${sql.join('\n')}`)
    .join('\n'),
)
