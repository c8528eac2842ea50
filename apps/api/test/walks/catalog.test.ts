import { afterAll, expect, test } from 'vitest'
import { createWorld } from '../world.ts'
import { lintCatalog } from './catalog-lint.ts'
import { connect } from './sql-context.ts'

const world = await createWorld()
afterAll(() => world.close())

test('the catalogue holds its rules: forced row security, both clauses, invoker views, definers, keys, powers of roles', async () => {
  const { rules, faults } = await lintCatalog(world.sql)
  console.log(`catalogue: ${rules} rules`)
  expect(faults).toEqual([])
})

const SABOTAGES: readonly [string, string, string][] = [
  ['row security not forced', 'alter table carnet no force row level security', 'row security enabled and forced: carnet'],
  ['row security off', 'alter table transfer disable row level security', 'row security enabled and forced: transfer'],
  ['a table without row security', 'create table oubli (id int)', 'row security enabled and forced: oubli'],
  ['a type that writes a reference', 'grant update on commune to as_hub', 'references are read only for the types: commune as_hub'],
  [
    'a policy without WITH CHECK',
    `create policy trou on lot for insert to as_operateur with check (true); create policy trou2 on lot for update to as_operateur using (true)`,
    'a policy that reads has USING, one that writes has WITH CHECK: lot.trou2',
  ],
  [
    'a policy for everyone',
    'create policy tous on lot using (false) with check (false)',
    'a table of the types has a policy for nobody else than its readers: lot.tous',
  ],
  [
    'a view of its owner',
    'create view vue as select * from carnet',
    'views run with the rights of who reads them; no materialised view: vue',
  ],
  [
    'a materialised view',
    'create materialized view vue_m as select 1 a',
    'views run with the rights of who reads them; no materialised view: vue_m',
  ],
  [
    'a function for everyone',
    `create function ouverte() returns int language sql as 'select 1'; grant execute on function ouverte to public`,
    'every definer fixes its search_path, pg_temp last, and functions are run by named roles only: ouverte()',
  ],
  [
    'a definer without search_path',
    `create function elevee() returns int language sql security definer as 'select 1'`,
    'every definer fixes its search_path, pg_temp last, and functions are run by named roles only: elevee()',
  ],
  [
    'a definer that temporary tables may deceive',
    `create function elevee3() returns int language sql security definer set search_path = pg_catalog, public as 'select 1'`,
    'every definer fixes its search_path, pg_temp last, and functions are run by named roles only: elevee3()',
  ],
  [
    'a definer that nobody allowed',
    `create function elevee2() returns int language sql security definer set search_path = pg_catalog as 'select 1'`,
    'definer function elevee2 (migrator) is not in the allow-list',
  ],
  [
    'a role inside a function',
    `create function role_cache() returns bool language sql as $$select 'collectivite.lecteur' = 'x'$$`,
    'no role name inside a function: droits stay in TypeScript: role_cache',
  ],
  [
    'a key across collectivités',
    'alter table mouvement add column autre_id bigint, add constraint croisee foreign key (autre_id) references carnet (id)',
    'rows of a collectivité refer to each other through it, and owner rows through their owner: mouvement.croisee',
  ],
  [
    'a unique that tells of others',
    'create unique index partout on beneficiaire (nom)',
    'unique beneficiaire(nom) is not led by collectivite_id',
  ],
  [
    'a login role that reads',
    'grant select (nom) on beneficiaire to app',
    'the login roles have no right on any table, nor on a column: app beneficiaire',
  ],
  [
    'a type that deletes',
    'grant delete on mouvement to as_collectivite',
    'nobody but the migrator owns a table, and no type makes, empties or deletes: as_collectivite on mouvement',
  ],
  [
    'people readable by a type',
    'grant select (courriel) on utilisateur to as_operateur',
    'the secrets of the door are read by its functions alone: as_operateur utilisateur',
  ],
]

test('sabotage: every rule is seen to fail', async () => {
  let seen = 0
  for (const [what, ddl, fault] of SABOTAGES) {
    await world.sql.query('begin')
    await world.sql.query(ddl)
    const { faults } = await lintCatalog(world.sql)
    await world.sql.query('rollback')
    expect([what, ...faults]).toContain(fault)
    seen += 1
  }
  console.log(`catalogue: ${seen} sabotages seen`)
})

const POWERS: readonly [string, string][] = [
  ['alter role app bypassrls', 'no role of the server is powerful: app'],
  ['alter role as_hub login', 'types and owners of functions do not log in: as_hub'],
  [
    'grant fn_ctx to app with inherit false',
    'they enter a type, they do not hold its rights; nobody enters an owner of functions but the migrator: app → fn_ctx',
  ],
  [
    'grant as_anct to app with inherit true',
    'they enter a type, they do not hold its rights; nobody enters an owner of functions but the migrator: app → as_anct',
  ],
]

test('sabotage: a role made powerful is seen', async () => {
  const root = await connect(world.urls.superuserUrl)
  for (const [ddl, fault] of POWERS) {
    await root.query('begin')
    await root.query(ddl)
    const { faults } = await lintCatalog(root)
    await root.query('rollback')
    expect([ddl, ...faults]).toContain(fault)
  }
  await root.end()
})
