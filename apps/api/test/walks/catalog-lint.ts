import type pg from 'pg'
import { DEFINERS } from './definers.ts'

/** References and the migrations' own table: no row security. */
const WITHOUT_ROWS_SECURITY = new Set(['organisation', 'departement', 'epci', 'commune', '_prisma_migrations'])

/** Unique by themselves, whatever the tenant: random or national identifiers, which say nothing of anyone. */
export const GLOBAL_UNIQUES = new Set([
  'carnet(id)',
  'carnet(public_id)',
  'carnet(serie)',
  'pass(lookup)',
  'redemption(public_id)',
  'atelier(id)',
  'lieu(id)',
  'lieu(source,source_id)',
  'bordereau(operateur_id,reference)',
  'facture(operateur_id,nature,annee,rang)',
  'avoir(operateur_id,annee,rang)',
  // the checks are of the whole: a run belongs to nobody
  'controle(passage,nom)',
  'livre_clos(operateur_id,mois)',
  'cloture(operateur_id)',
  'cloture(operateur_id,id)',
  'incident(collectivite_id,redemption_id)',
  'parametre_paiement(operateur_id)',
  'parametre_proposition(operateur_id)',
  'parametre_proposition(operateur_id,id)',
  'remise(operateur_id,id)',
  'retour_bancaire(operateur_id,id)',
  // the bytes of one's own bank
  'retour_bancaire(operateur_id,sha256)',
  'retour_bancaire_ligne(operateur_id,retour_id,rang)',
  'remise(operateur_id,reference)',
  'virement(operateur_id,reference)',
  'adhesion(id)',
  'session(id)',
  'session(token_hash)',
  'audit_event(id)',
  'outbox(id)',
  'poste(id)',
  'poste(jeton_hash)',
  'consultation(id)',
  'invitation(id)',
  'invitation(token_hash)',
  'recuperation(id)',
  // one request at a time for a person, whoever decides
  'recuperation(utilisateur_id)',
  'notification(id)',
  'appareil(id)',
  'acte_differe(id)',
  'conflit(id)',
  'alerte(id)',
  'piece(id)',
  'creance(operateur_id,reference)',
  'creance_pass(operateur_id,lookup)',
])

type Rule = { name: string; text: string; values?: (readonly string[])[] }

const RULES: readonly Rule[] = [
  {
    name: 'row security enabled and forced',
    text: `select c.oid::regclass::text fault from pg_class c where c.relnamespace::regnamespace::text in ('public', 'door') and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> all ($1)`,
    values: [[...WITHOUT_ROWS_SECURITY]],
  },
  {
    name: 'references are read only for the types',
    text: `select c.relname || ' ' || r.rolname fault from pg_class c cross join pg_roles r where c.relnamespace = 'public'::regnamespace and c.relname = any ($1)
      -- an organisation is made by the door's own function alone
      and not (c.relname = 'organisation' and r.rolname = 'fn_ctx')
      and r.rolname ~ '^(as_|fn_|app$|worker$)' and has_table_privilege(r.oid, c.oid, 'insert, update, delete, truncate')`,
    values: [[...WITHOUT_ROWS_SECURITY]],
  },
  {
    name: 'a policy that reads has USING, one that writes has WITH CHECK',
    text: `select tablename || '.' || policyname fault from pg_policies where schemaname in ('public', 'door')
      and (cmd in ('ALL', 'SELECT', 'UPDATE', 'DELETE') and qual is null or cmd in ('ALL', 'INSERT', 'UPDATE') and with_check is null or permissive <> 'PERMISSIVE')`,
  },
  {
    name: 'a table of the types has a policy for nobody else than its readers',
    text: `select tablename || '.' || policyname fault from pg_policies where schemaname = 'public' and 'public' = any (roles)`,
  },
  {
    name: 'views run with the rights of who reads them; no materialised view',
    text: `select c.relname fault from pg_class c where c.relnamespace = 'public'::regnamespace
      and (c.relkind = 'm' or c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false))`,
  },
  {
    name: 'every definer fixes its search_path, pg_temp last, and functions are run by named roles only',
    text: `select p.oid::regprocedure::text fault from pg_proc p where p.pronamespace::regnamespace::text in ('public', 'door') and p.prorettype <> 'trigger'::regtype
      and (p.proacl is null or exists (select 1 from aclexplode(p.proacl) a where a.grantee = 0)
        or p.prosecdef and not exists (select 1 from unnest(p.proconfig) c where c like 'search_path=pg_catalog%pg_temp'))`,
  },
  {
    name: 'no role name inside a function: droits stay in TypeScript',
    text: `select p.proname fault from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosrc ~ $$'(anct|operateur|collectivite|prescripteur|structure|prefecture|hub|financeur)\\.[a-z_]+'$$`,
  },
  {
    name: 'rows of a collectivité refer to each other through it, and owner rows through their owner',
    text: `with tenant as (select c.oid, a.attnum, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'collectivite_id' and a.attnotnull where c.relkind = 'r')
      select k.conrelid::regclass || '.' || k.conname fault from pg_constraint k join tenant de on de.oid = k.conrelid join tenant vers on vers.oid = k.confrelid
       where k.contype = 'f' and (k.conkey[1] <> de.attnum or k.confkey[1] <> vers.attnum)
         -- a bordereau belongs to a structure, its subtotals too
         and k.conrelid::regclass::text not in ('bordereau_convention', 'inscription')`,
  },
]

const ROLES: readonly Rule[] = [
  {
    name: 'no role of the server is powerful',
    text: `select rolname fault from pg_roles where rolname ~ '^(app|worker|stats_reader|auditor|migrator|as_|fn_)' and (rolsuper or rolbypassrls or rolcreaterole or rolreplication or rolcreatedb and rolname <> 'migrator')`,
  },
  {
    name: 'types and owners of functions do not log in',
    text: `select rolname fault from pg_roles where rolname ~ '^(as_|fn_)' and rolcanlogin`,
  },
  {
    name: 'the login roles have no right on any table, nor on a column',
    text: `select r.rolname || ' ' || c.oid::regclass fault from pg_class c cross join pg_roles r where c.relnamespace::regnamespace::text in ('public', 'door') and c.relkind in ('r', 'v', 'p', 'm')
      and r.rolname in ('app', 'worker', 'stats_reader', 'auditor') and (has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege(r.oid, c.oid, 'select, insert, update, references'))`,
  },
  {
    name: 'they enter a type, they do not hold its rights; nobody enters an owner of functions but the migrator',
    text: `select m.member::regrole || ' → ' || m.roleid::regrole fault from pg_auth_members m where m.member::regrole::text in ('app', 'worker', 'stats_reader', 'auditor')
        and (m.inherit_option or m.admin_option or m.roleid::regrole::text !~ '^as_')
      union all select m.member::regrole || ' → ' || m.roleid::regrole from pg_auth_members m where m.roleid::regrole::text ~ '^fn_' and m.member::regrole::text <> 'migrator'
      union all select m.member::regrole || ' inherits ' || m.roleid::regrole from pg_auth_members m where m.roleid::regrole::text ~ '^(as_|fn_)' and m.inherit_option`,
  },
  {
    name: 'nobody but the migrator owns a table, and no type makes, empties or deletes',
    text: `select c.oid::regclass || ' is ' || c.relowner::regrole || '''s' fault from pg_class c where c.relnamespace::regnamespace::text in ('public', 'door') and c.relkind in ('r', 'v', 'S') and c.relowner::regrole::text <> 'migrator'
      union all select r.rolname || ' on ' || c.relname from pg_class c cross join pg_roles r where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and r.rolname like 'as\\_%'
        and has_table_privilege(r.oid, c.oid, 'delete, truncate, references, trigger')
      union all select r.rolname || ' creates in public' from pg_roles r where r.rolname ~ '^(as_|fn_|app|worker|stats_reader|auditor)' and has_schema_privilege(r.oid, 'public', 'create')`,
  },
  {
    name: 'the secrets of the door are read by its functions alone',
    text: `select r.rolname || ' ' || c.relname fault from pg_class c cross join pg_roles r where (c.relnamespace = 'door'::regnamespace and c.relkind = 'r' or c.oid in ('utilisateur'::regclass, 'session'::regclass))
      and r.rolname ~ '^(as_|fn_|app|worker|stats_reader|auditor)' and r.rolname <> 'fn_ctx' and has_any_column_privilege(r.oid, c.oid, 'select')`,
  },
]

const definers = async (sql: pg.Client) => {
  const { rows } = await sql.query<{ name: string; owner: string }>(
    `select proname name, proowner::regrole::text owner from pg_proc where pronamespace::regnamespace::text in ('public', 'door') and prosecdef`,
  )
  const found = new Map(rows.map(({ name, owner }) => [name, owner]))
  const unexpected = [...found]
    .filter(([name, owner]) => DEFINERS[name] !== owner)
    .map(([name, owner]) => `definer function ${name} (${owner}) is not in the allow-list`)
  return [
    ...unexpected,
    ...Object.keys(DEFINERS)
      .filter((name) => !found.has(name))
      .map((name) => `definer function ${name} no longer exists: strike it`),
  ]
}

const uniques = async (sql: pg.Client) => {
  const { rows } = await sql.query<{ key: string; first: string; tenant: string }>(`
    select c.relname || '(' || string_agg(a.attname, ',' order by k.ord) || ')' key, min(a.attname) filter (where k.ord = 1) first,
           case when exists (select 1 from pg_attribute t where t.attrelid = c.oid and t.attname = 'organisation_id' and t.attnotnull and not exists
                  (select 1 from pg_constraint p where p.conrelid = c.oid and p.contype = 'p' and p.conkey[1] = (select attnum from pg_attribute x where x.attrelid = c.oid and x.attname = 'collectivite_id')))
                then 'organisation_id' else 'collectivite_id' end tenant
      from pg_index i join pg_class c on c.oid = i.indrelid cross join lateral unnest(i.indkey::smallint[]) with ordinality k(attnum, ord)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
     where i.indisunique and c.relnamespace = 'public'::regnamespace
       and exists (select 1 from pg_attribute t where t.attrelid = c.oid and t.attname in ('collectivite_id', 'organisation_id', 'operateur_id') and t.attnotnull)
     group by c.oid, c.relname, i.indexrelid`)
  return rows
    .filter(({ key, first, tenant }) => first !== tenant && !GLOBAL_UNIQUES.has(key))
    .map(({ key, tenant }) => `unique ${key} is not led by ${tenant}`)
}

/** Every rule of the catalogue, and its faults, one line each. */
export const lintCatalog = async (sql: pg.Client): Promise<{ rules: number; faults: string[] }> => {
  const faults: string[] = []
  for (const { name, text, values = [] } of [...RULES, ...ROLES]) {
    const { rows } = await sql.query<{ fault: string }>(
      text,
      values.map((value) => [...value]),
    )
    faults.push(...rows.map(({ fault }) => `${name}: ${fault}`))
  }
  faults.push(...(await definers(sql)), ...(await uniques(sql)))
  return { rules: RULES.length + ROLES.length + 2, faults }
}
