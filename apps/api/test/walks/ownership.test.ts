import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')

/** Table and Prisma delegate → the module whose .prisma file declares it. */
const owners = () => {
  const owner = new Map<string, string>()
  for (const file of globSync('prisma/schema/*.prisma', { cwd: root }))
    for (const [, model = '', body = ''] of read(file).matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)) {
      const module = basename(file, '.prisma')
      owner.set(/@@map\("(\w+)"\)/.exec(body)?.[1] ?? model, module)
      owner.set(`.${model[0]!.toLowerCase()}${model.slice(1)}`, module)
    }
  return owner
}

const SQL_WRITE = /\b(?:insert\s+into|update|delete\s+from|truncate)\s+(?:only\s+)?([a-z_]+)\b/gi
const PRISMA_WRITE =
  /(\.[a-z]\w+)\.(?:create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)\(/g
const CTES = /(?:with|,)\s+([a-z_]+)(?:\([^)]*\))?\s+as\s+(?:not\s+)?(?:materialized\s+)?\(/gi

/** Every table that a source writes, as written in it. */
export const writesOf = (source: string, tables: ReadonlyMap<string, string>): string[] => {
  const ctes = new Set([...source.matchAll(CTES)].map(([, name]) => name))
  const sql = [...source.matchAll(SQL_WRITE)]
    .map(([, table]) => table!.toLowerCase())
    .filter((table) => tables.has(table) && !ctes.has(table))
  return [...sql, ...[...source.matchAll(PRISMA_WRITE)].map(([, delegate]) => delegate!).filter((delegate) => tables.has(delegate))]
}

const faultsOf = (sources: readonly { module: string; file: string; text: string }[]) => {
  const tables = owners()
  return sources.flatMap(({ module, file, text }) =>
    writesOf(text, tables)
      .filter((table) => tables.get(table) !== module)
      .map((table) => `${file} writes ${table}, declared by ${tables.get(table)}.prisma`),
  )
}

const sources = globSync('apps/api/src/modules/*/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => ({ module: file.split('/')[4]!, file, text: read(file) }))

test('a table is written only by the module whose .prisma file declares it (rule 10)', () => {
  const tables = owners()
  const written = sources.flatMap(({ text }) => writesOf(text, tables))
  console.log(`ownership: ${sources.length} sources, ${written.length} writes, ${new Set(written).size} tables`)
  expect(written.length).toBeGreaterThan(10)
  expect(faultsOf(sources)).toEqual([])
})

test('sabotage: a write from elsewhere is found, in SQL and through Prisma; a read is not', () => {
  const plant = (text: string) => faultsOf([{ module: 'alertes', file: 'x.ts', text }])
  expect(plant('sql`update carnet c set statut = 1`')).toEqual(['x.ts writes carnet, declared by distribution.prisma'])
  expect(plant('sql`insert into\n transfer (a)`')).toEqual(['x.ts writes transfer, declared by comptabilite.prisma'])
  expect(plant('ctx.db.convention.updateMany({})')).toEqual(['x.ts writes .convention, declared by conventions.prisma'])
  expect(plant('sql`select * from carnet for no key update of carnet`; ctx.db.carnet.findFirst({})')).toEqual([])
})

/** What a migration's functions write: name → tables. A new one is listed, with its reason in the migration. */
const FUNCTIONS_THAT_WRITE: Record<string, readonly string[]> = {
  account_of: ['account'],
  activate_carnets: ['activation', 'carnet'],
  clock_move: ['horloge'],
  count_unknown: ['essai_code'],
  counter_enter: ['audit_event'],
  door_close: ['audit_event', 'idempotence'],
  door_journal: ['audit_event'],
  login_attempt: ['tentative'],
  login_success: ['tentative'],
  next_number: ['compteur'],
  produce_carnets: ['carnet', 'lot', 'pass'],
  receive_carnets: ['carnet', 'mouvement'],
  redeem: ['atelier', 'carnet', 'inscription', 'outbox', 'pass', 'redemption', 'transfer'],
  session_end: ['session'],
  session_open: ['session'],
  session_start: ['session'],
  session_switch: ['session'],
  ship_carnets: ['carnet', 'mouvement'],
  transfer_balances: ['account'],
  undo: ['atelier', 'carnet', 'inscription', 'outbox', 'pass', 'redemption', 'transfer'],
}

test('SQL functions are listed with the tables they write', () => {
  const found: Record<string, string[]> = {}
  for (const file of globSync('prisma/migrations/*/migration.sql', { cwd: root }))
    for (const [, name = '', body = ''] of read(file).matchAll(/create (?:or replace )?function (\w+)[\s\S]*?as \$\$([\s\S]*?)\$\$/g)) {
      const plain = body.replace(/--.*$/gm, '')
      const ctes = new Set([...plain.matchAll(CTES)].map(([, cte]) => cte))
      const tables = [...plain.matchAll(/\b(?:insert\s+into|(?<!key\s|do\s)update|delete\s+from)\s+(?:door\.)?([a-z_]+)/g)]
        .map(([, table]) => table!)
        .filter((table) => !ctes.has(table) && !['of', 'skip'].includes(table))
      if (tables.length > 0) found[name] = [...new Set(tables)].toSorted()
    }
  expect(found).toEqual(FUNCTIONS_THAT_WRITE)
})
