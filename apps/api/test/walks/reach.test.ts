import { REACH, type ReachTable } from '@pass/domain/reach.ts'
import { policiesOf } from '@pass/domain/reach-policies.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld } from '../world.ts'
import { TABLES, walkRows } from './rows-walk.ts'

const world = await createWorld()
afterAll(() => world.close())

/** Tables of the door, whose policies its own migration writes. */
const OF_THE_DOOR = new Set(['adhesion', 'audit_event', 'outbox'])

beforeAll(async () => {
  // a wrong code, so that every table holds a row of T1
  await world.sql.query(
    `insert into essai_code (organisation_id, utilisateur_id, lieu_id, nombre, at) select organisation_id, mediateur_id, lieu_id, 1, now() from atelier`,
  )
})

type Policy = { table: string; name: string; cmd: string; roles: string; qual: string; check: string }
const policies = async (): Promise<Policy[]> =>
  (
    await world.sql.query<Policy>(
      `select tablename "table", policyname name, cmd, array_to_string(roles, ',') roles, qual, with_check "check" from pg_policies where schemaname = 'public' order by 1, 2`,
    )
  ).rows

test('the policies of every table are those of REACH: name, role, condition, both clauses', async () => {
  const actual = (await policies()).filter(({ table, roles }) => roles.startsWith('as_') && !OF_THE_DOOR.has(table))
  // PostgreSQL prints conditions its own way: the expected ones are made beside, printed by it, and rolled back
  await world.sql.query('begin')
  for (const { table, policies: expected } of policiesOf())
    for (const { name, role, condition } of expected)
      await world.sql.query(
        `create policy ${`attendue_${name}`.slice(0, 63)} on ${table} to ${role} using (${condition}) with check (${condition})`,
      )
  const expected = (await policies())
    .filter(({ name }) => name.startsWith('attendue_'))
    .map((policy) => ({ ...policy, name: policy.name.slice('attendue_'.length) }))
  await world.sql.query('rollback')
  const key = (policy: Policy) => JSON.stringify(policy)
  console.log(`policies compared: ${expected.length} of REACH, ${actual.length} in the catalogue, ${TABLES.length} tables`)
  expect(actual.map(key).toSorted()).toEqual(expected.map(key).toSorted())
})

test('who reaches a table may select from it, who does not may not', async () => {
  const { rows } = await world.sql.query<{
    table: string
    type: string
  }>(`select c.relname "table", substr(r.rolname, 4) type from pg_class c cross join pg_roles r
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and r.rolname like 'as\\_%' and has_any_column_privilege(r.oid, c.oid, 'select')`)
  const granted = new Set(rows.filter(({ table }) => table in REACH).map(({ table, type }) => `${table} ${type}`))
  const reached = new Set(TABLES.flatMap((table: ReachTable) => Object.keys(REACH[table]).map((viewer) => `${table} ${viewer}`)))
  expect([...granted].toSorted()).toEqual([...reached].toSorted())
})

test('select with and without reach(): the same rows, for every type of organisation; T2 sees nothing of T1', async () => {
  const { queries, rows, faults } = await walkRows(world)
  console.log(`rows walked: ${queries} statements, ${rows} rows counted`)
  expect(faults).toEqual([])
})

test('every table of REACH holds a row of T1 and one of T2: the walk compares something', async () => {
  const empty: string[] = []
  for (const table of TABLES) if (Number((await world.sql.query(`select count(*) n from ${table}`)).rows[0].n) < 2) empty.push(table)
  // filled by their own use-cases, compared by those tests
  expect(empty.toSorted()).toEqual([
    'avoir',
    'avoir_part',
    'bordereau_approbation',
    'bordereau_ligne',
    'convention_lieu',
    'remise',
    'virement',
  ])
})

test('sabotage: a policy opened, one dropped, one on another column: each is found, and nothing else', async () => {
  const sabotaged = await createWorld()
  await sabotaged.sql.query(`alter policy as_collectivite on beneficiaire using (true) with check (true)`)
  await sabotaged.sql.query(`drop policy as_structure on atelier`)
  await sabotaged.sql.query(`alter policy as_operateur on transfer using (structure_id = (select app_org('operateur')))`)
  const { faults } = await walkRows(sabotaged)
  await sabotaged.close()
  expect(faults).toEqual([
    'transfer: operateur reads 0 rows below the policies, 0 with reach(), of 8',
    'beneficiaire: collectivite reads 3 rows below the policies, 2 with reach(), of 2',
    'beneficiaire: collectivite of T2 reads 2 rows of T1 (collectivite_id)',
    'atelier: structure reads 0 rows below the policies, 0 with reach(), of 9',
  ])
})
