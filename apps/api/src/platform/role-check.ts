import type pg from 'pg'

/** The server's database role holds more than it may: row security would do nothing. The message says what to do. */
export class WrongRole extends Error {}

type Powers = { role: string; superuser: boolean; bypass: boolean; tables: number; rights: number }

const POWERS = `select current_user as role, r.rolsuper as superuser, r.rolbypassrls as bypass,
  (select count(*) from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p'))::int as tables,
  (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('public', 'door') and has_table_privilege(c.oid, 'select, insert, update, delete'))::int as rights
  from pg_roles r where r.rolname = current_user`

const bypassIn = ({ role, superuser, bypass }: Powers): string | null => {
  if (superuser) return `Le rôle «\u00a0${role}\u00a0» est superutilisateur`
  if (bypass) return `Le rôle «\u00a0${role}\u00a0» contourne la sécurité par ligne (BYPASSRLS)`
  return null
}

const rightsIn = ({ role, tables, rights }: Powers): string | null => {
  if (tables > 0) return `Le rôle «\u00a0${role}\u00a0» possède ${tables} tables`
  if (rights > 0) return `Le rôle «\u00a0${role}\u00a0» a des droits directs sur ${rights} tables`
  return null
}

const need = async (pool: pg.Pool, ask: (powers: Powers) => string | null, role: string) => {
  const { rows } = await pool.query<Powers>(POWERS)
  const fault = ask(rows[0]!)
  if (fault) throw new WrongRole(`${fault}\u00a0: le service refuse de démarrer. Donnez à ${role}.`)
}

/** Refuses to serve with a role that row security does not hold. @throws WrongRole */
export const needPlainRole = (pool: pg.Pool): Promise<void> =>
  need(pool, (powers) => bypassIn(powers) ?? rightsIn(powers), 'DATABASE_URL le rôle app')

/** The same for the worker, which owns the tables of its queue. @throws WrongRole */
export const needNoBypass = (pool: pg.Pool): Promise<void> => need(pool, bypassIn, 'DATABASE_WORKER_URL le rôle worker')
