import type pg from 'pg'

/** What a call wrote: a table and how many rows. */
export type Written = ReadonlyMap<string, number>

/**
 * Makes every table tell what is written to it, row by row, into a table of its own: what a savepoint undid is not told. The
 * last use of a session is no change.
 */
export const watchTables = async (sql: pg.Client): Promise<() => Promise<Written>> => {
  await sql.query(`
    create schema if not exists fuzz;
    create table if not exists fuzz.written (id bigint generated always as identity, name text not null);
    create or replace function fuzz.tell() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
    begin
      if tg_op = 'UPDATE' and to_jsonb(new) - 'seen_at' = to_jsonb(old) - 'seen_at' then return null; end if;
      insert into fuzz.written (name) values (tg_table_name);
      return null;
    end $$;
    do $$ declare t record; begin
      for t in select c.oid::regclass name from pg_class c where c.relnamespace::regnamespace::text in ('public', 'door') and c.relkind = 'r' and c.relname <> '_prisma_migrations' loop
        execute format('create or replace trigger zz_fuzz after insert or update or delete on %s for each row execute function fuzz.tell()', t.name);
      end loop;
    end $$;`)
  const take = 'with gone as (delete from fuzz.written returning name) select name, count(*)::int as n from gone group by 1'
  return async () => {
    const { rows } = await sql.query<{ name: string; n: number }>({ name: 'fuzz_written', text: take })
    return new Map(rows.map(({ name, n }) => [name, n]))
  }
}
