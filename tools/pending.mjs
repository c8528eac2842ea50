// Which migrations remain, asked first: Prisma's CLI takes seconds to say that there is none.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { at } from './common.mjs'

const folder = () => at('prisma/migrations')

/** Migrations of the repository in their order, with Prisma's own checksum. */
export function migrations() {
  const names = existsSync(folder()) ? readdirSync(folder(), { withFileTypes: true }) : []
  return names
    .filter((entry) => entry.isDirectory() && existsSync(`${folder()}/${entry.name}/migration.sql`))
    .map(({ name }) => ({
      name,
      sum: createHash('sha256')
        .update(readFileSync(`${folder()}/${name}/migration.sql`))
        .digest('hex'),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * @param {string} ownerUrl
 * @returns {Promise<{ pending: string[], changed: string[] }>} names to apply, and names applied whose file is another since
 */
export async function pendingMigrations(ownerUrl) {
  const wanted = migrations()
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query(
      'select migration_name as name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    )
    const applied = new Map(rows.map((row) => [row.name, row.checksum]))
    return {
      pending: wanted.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
      changed: wanted.filter(({ name, sum }) => applied.has(name) && applied.get(name) !== sum).map(({ name }) => name),
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '42P01') return { pending: wanted.map(({ name }) => name), changed: [] } // no table yet
    throw error
  } finally {
    await client.end()
  }
}
