import { afterAll, expect, test } from 'vitest'
import { createClient, createPool } from '../../src/platform/db.ts'
import { Prisma } from '../../src/platform/prisma/client.ts'
import { createWorld } from '../world.ts'

const world = await createWorld()
const pool = createPool(world.urls.ownerUrl, { max: 2, name: 'schema' })
const db = createClient(pool)
afterAll(async () => {
  await db.$disconnect()
  await pool.end()
  await world.close()
})

/** Tables that fill with use, not with the base seed. */
const EMPTY_AT_FIRST = new Set([
  'auditEvent',
  'avoir',
  'avoirPart',
  'bordereauApprobation',
  'bordereauLigne',
  'conventionLieu',
  'encaissement',
  'epci',
  'essaiCode',
  'idempotence',
  'outbox',
  'remise',
  'virement',
])

test('one row of every Prisma model is read on the migrated database', async () => {
  const models = Object.keys(Prisma.ModelName).map((name) => name[0]!.toLowerCase() + name.slice(1))
  const empty: string[] = []
  for (const model of models) {
    const delegate = (db as unknown as Record<string, { findFirst: () => Promise<object | null> }>)[model]!
    if ((await delegate.findFirst()) === null) empty.push(model)
  }
  console.log(`schema: ${models.length} models read, ${empty.length} empty`)
  expect(empty.filter((model) => !EMPTY_AT_FIRST.has(model))).toEqual([])
})

test('every table has its model', async () => {
  const { rows } = await world.sql.query<{ name: string }>(
    `select relname name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like '\\_%' order by 1`,
  )
  const models = new Set(
    Object.keys(Prisma.ModelName).map((name) => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()),
  )
  expect(rows.map(({ name }) => name).filter((name) => !models.has(name))).toEqual([])
})
