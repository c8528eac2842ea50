-- A session's temporary tables are looked up before every schema unless the path names them: inside a definer function they
-- would stand for the true ones. Nobody makes one, and every definer looks there last. Functions made later say it themselves
-- (the lint of the catalogue asks for it).
do $$
declare
  f record;
begin
  execute format('revoke temporary on database %I from public', current_database());
  for f in
    select p.oid::regprocedure::text name, p.proowner::regrole::text owner, substr(c, length('search_path=') + 1) path
      from pg_proc p cross join lateral unnest(p.proconfig) c
     where p.prosecdef and p.pronamespace::regnamespace::text in ('public', 'door') and c like 'search_path=%' and c not like '%pg_temp'
  loop
    execute format('set local role %s', f.owner);
    execute format('alter function %s set search_path = %s, pg_temp', f.name, f.path);
    reset role;
  end loop;
end $$;
