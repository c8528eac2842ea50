import type { OrganisationType } from '@pass/domain/organisations.ts'
import { REACH, type Reach, type ReachTable } from '@pass/domain/reach.ts'
import { Prisma } from './prisma/client.ts'

type Viewer = { actor?: { organisationId: string; organisationType: OrganisationType } | undefined }

const ruleOf = ({ actor }: Viewer, table: ReachTable): Reach | undefined =>
  (REACH[table] as Partial<Record<OrganisationType | 'public', Reach>>)[actor?.organisationType ?? 'public']

/** True when the actor's type may read some rows of the table. A query of a table that nobody granted it would be an error. */
export const reaches = (ctx: Viewer, table: ReachTable): boolean => ruleOf(ctx, table) !== undefined

const camel = (column: string) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
/** No uuid is this one: whoever reaches nothing gets an empty list or a 404. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

const conditionOf = (column: string, id: string): object => {
  if (column === 'publie') return { publie: true }
  return column.endsWith('[]') ? { [camel(column.slice(0, -2))]: { has: id } } : { [camel(column)]: id }
}

/**
 * The rows of a table that the actor reaches, as a Prisma `where` fragment: `{ id, ...reach(ctx, 'convention') }`. The same
 * constant as the SQL policies; free below them, and a second lock. It lives under `AND`, so a query keeps its own `OR`.
 */
export const reach = (ctx: Viewer, table: ReachTable): { AND: object[] } => {
  const rule = ruleOf(ctx, table)
  if (rule === 'all') return { AND: [] }
  const id = ctx.actor?.organisationId ?? NOBODY
  if (rule === undefined) return { AND: [{ OR: [] }] }
  const columns = typeof rule === 'string' ? [rule] : [...rule]
  const conditions = columns.map((column) => conditionOf(column, id))
  return { AND: conditions.length === 1 ? conditions : [{ OR: conditions }] }
}

const sqlConditionOf = (column: string, id: string, alias: string): Prisma.Sql => {
  const place = (name: string) => Prisma.raw(alias ? `${alias}.${name}` : name)
  if (column === 'publie') return Prisma.sql`${place('publie')}`
  return column.endsWith('[]') ? Prisma.sql`${id}::uuid = any(${place(column.slice(0, -2))})` : Prisma.sql`${place(column)} = ${id}::uuid`
}

/** The same for raw SQL: `where ${reachSql(ctx, 'carnet', 'c')} and …`; `alias` is the table's in the query. */
export const reachSql = (ctx: Viewer, table: ReachTable, alias = ''): Prisma.Sql => {
  const rule = ruleOf(ctx, table)
  if (rule === 'all') return Prisma.sql`true`
  if (rule === undefined) return Prisma.sql`false`
  const columns = typeof rule === 'string' ? [rule] : [...rule]
  return Prisma.sql`(${Prisma.join(
    columns.map((column) => sqlConditionOf(column, ctx.actor?.organisationId ?? NOBODY, alias)),
    ' or ',
  )})`
}
