import type pg from 'pg'

type Value = string | number | bigint | boolean | Date | Buffer | string[] | null | undefined

/** Inserts rows of one shape, as the migrator. Columns are the keys, in snake_case as the tables say them. */
export const insert = async (client: pg.ClientBase, table: string, rows: readonly Record<string, Value>[]) => {
  const first = rows[0]
  if (!first) return
  const columns = Object.keys(first)
  const values = rows.flatMap((row) => columns.map((column) => row[column] ?? null))
  const tuples = rows.map((_, i) => `(${columns.map((__, j) => `$${i * columns.length + j + 1}`).join(', ')})`)
  await client.query(`insert into ${table} (${columns.join(', ')}) overriding system value values ${tuples.join(', ')}`, values)
}
