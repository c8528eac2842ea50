import { type Reach, REACH, type ReachTable, type Viewer } from './reach.ts'

/** The condition of a policy: a test on one column of the row itself, so that each has its index (`door.md` section 2). */
const condition = (viewer: Viewer, reach: string): string => {
  // every row, to whoever the signed context says is of that type: the role alone opens nothing
  if (reach === 'all') return viewer === 'public' ? 'true' : `(select app_org('${viewer}')) is not null`
  if (reach === 'publie') return 'publie'
  const me = `(select app_org('${viewer}'))`
  return reach.endsWith('[]') ? `${me} = any (${reach.slice(0, -2)})` : `${reach} = ${me}`
}

const reachesOf = (reach: Reach): readonly string[] => (typeof reach === 'string' ? [reach] : reach)

/**
 * The policies that `REACH` asks for, one a table, viewer and column: name, role and condition, and the SQL that makes
 * them. Writing through one is allowed on the same rows; what may be written at all is said by the grants.
 */
export const policiesOf = (tables: readonly ReachTable[] = Object.keys(REACH) as ReachTable[]) =>
  tables.map((table) => {
    const policies = Object.entries(REACH[table]).flatMap(([viewer, reach]) =>
      reachesOf(reach as Reach).map((one, i) => ({
        name: i === 0 ? `as_${viewer}` : `as_${viewer}_${one.replace('[]', '')}`,
        role: `as_${viewer}`,
        condition: condition(viewer as Viewer, one),
      })),
    )
    const sql = [
      `alter table ${table} enable row level security; alter table ${table} force row level security;`,
      `create policy migrator on ${table} to migrator using (true) with check (true);`,
      ...policies.map((p) => `create policy ${p.name} on ${table} to ${p.role} using (${p.condition}) with check (${p.condition});`),
    ]
    return { table, policies, sql }
  })
