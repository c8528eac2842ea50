import type pg from 'pg'

/** What every call may write, refused or not: the session itself, the journal, the answers kept. */
const ALWAYS_MOVING = ['session', 'audit_event', 'outbox', 'idempotence', 'essai_code']

const digestOf = async (sql: pg.Client, table: string, where: string, values: unknown[]): Promise<string> => {
  const { rows } = await sql.query(
    `select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') d from ${table} t ${where}`,
    values,
  )
  return rows[0].d
}

/** A digest of every row of these organisations, table by table. */
export const fingerprintOf = async (sql: pg.Client, organisations: readonly string[]): Promise<Record<string, string>> => {
  const { rows } = await sql.query<{ name: string; col: string }>(
    `select table_name name, column_name col from information_schema.columns c join pg_class k on k.relname = c.table_name and k.relkind = 'r'
      where c.table_schema = 'public' and c.column_name in ('collectivite_id', 'organisation_id') and c.table_name <> all ($1) order by 1, 2`,
    [ALWAYS_MOVING],
  )
  const prints: Record<string, string> = {}
  for (const { name, col } of rows) prints[`${name}.${col}`] = await digestOf(sql, name, `where ${col} = any ($1)`, [organisations])
  return prints
}

/** A digest of every table, the door's included. */
export const fingerprintOfAll = async (sql: pg.Client): Promise<Record<string, string>> => {
  const { rows } = await sql.query<{ name: string }>(
    `select c.oid::regclass::text name from pg_class c where c.relnamespace::regnamespace::text in ('public', 'door') and c.relkind = 'r'
      and c.relname <> all ($1) order by 1`,
    [ALWAYS_MOVING],
  )
  const prints: Record<string, string> = {}
  for (const { name } of rows) prints[name] = await digestOf(sql, name, '', [])
  return prints
}
