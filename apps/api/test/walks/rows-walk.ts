import { REACH, type ReachTable, type Viewer } from '@pass/domain/reach.ts'
import type pg from 'pg'
import { ORG } from '../../../../prisma/seed/base/ids.ts'
import { reachSql } from '../../src/platform/reach.ts'
import type { World } from '../world.ts'
import { connect, contextOf, counted, VIEWERS } from './sql-context.ts'

export const TABLES = Object.keys(REACH) as ReachTable[]
const reachOf = (table: ReachTable, type: Viewer) => (REACH[table] as Partial<Record<Viewer, unknown>>)[type]

/** Rows that are T1's alone, by the column that says so. */
const T1_ROWS = [
  ['collectivite_id', ORG.t1],
  ['organisation_id', ORG.s1],
  ['operateur_id', ORG.o1],
] as const

const columnsOf = async (sql: pg.Client) => {
  const { rows } = await sql.query<{ t: string; c: string }>(
    `select table_name t, column_name c from information_schema.columns where table_schema = 'public'`,
  )
  return new Set(rows.map(({ t, c }) => `${t}.${c}`))
}

export type RowsFindings = { queries: number; rows: number; faults: string[] }

/**
 * SQL level, as each organisation, on each table of REACH: with and without reach() the same rows, those that the owner of the
 * tables counts with the same condition; nothing where REACH gives nothing; and from T2's side no row of T1's, wherever the reach is a column.
 */
export const walkRows = async ({ urls, sql }: World): Promise<RowsFindings> => {
  const findings: RowsFindings = { queries: 0, rows: 0, faults: [] }
  const worker = await connect(urls.workerUrl)
  const columns = await columnsOf(sql)
  const count = async (organisation: string, text: string, values: unknown[] = []) => {
    findings.queries += 1
    const n = await counted(worker, await contextOf(worker, organisation), text, values)
    if (typeof n === 'number') findings.rows += n
    return n
  }
  for (const { type, t1, t2 } of VIEWERS) {
    for (const table of TABLES) {
      const reach = reachOf(table, type)
      const bare = await count(t1, `select count(*) n from ${table} r`)
      if (reach === undefined) {
        if (bare !== 0 && bare !== '42501') findings.faults.push(`${table}: ${type} reaches nothing, and reads ${bare}`)
        continue
      }
      const where = reachSql({ actor: { organisationId: t1, organisationType: type } }, table, 'r')
      const reached = await count(t1, `select count(*) n from ${table} r where ${where.text}`, [...where.values])
      const expected = Number((await sql.query(`select count(*) n from ${table} r where ${where.text}`, [...where.values])).rows[0].n)
      if (bare !== expected || reached !== expected)
        findings.faults.push(`${table}: ${type} reads ${bare} rows below the policies, ${reached} with reach(), of ${expected}`)
      const shared = reach === 'all' || reach === 'publie' || (Array.isArray(reach) && reach.includes('publie'))
      if (!t2 || shared) continue
      for (const [column, id] of T1_ROWS) {
        if (!columns.has(`${table}.${column}`)) continue
        const n = await count(t2, `select count(*) n from ${table} r where ${column} = $1`, [id])
        if (n !== 0 && n !== '42501') findings.faults.push(`${table}: ${type} of T2 reads ${n} rows of T1 (${column})`)
      }
    }
  }
  await worker.end()
  return findings
}
