import type pg from 'pg'
import { expect } from 'vitest'

/** The money, the pass and the seats agree with each other: the view `reconciliation` is empty. At the end of every test that moves any of them. */
export const assertLedger = async (sql: pg.ClientBase): Promise<void> => {
  const { rows } = await sql.query<{ name: string; count: number }>('select name, count from reconciliation')
  expect(rows).toEqual([])
}
