-- A structure withdraws the account it asked for, while nobody has accepted nor refused it.

alter table compte_bancaire drop constraint compte_bancaire_statut_check;
alter table compte_bancaire
  add constraint compte_bancaire_statut_check check (statut in ('propose', 'accepte', 'refuse', 'remplace', 'retire')),
  add column retire_par uuid references utilisateur (id),
  add column retire_at timestamptz,
  add constraint compte_bancaire_retrait check ((statut = 'retire') = (retire_at is not null) and num_nulls(retire_par, retire_at) in (0, 2)
    and (retire_at is null or accepte_at is null));

-- A structure writes when it withdraws, and never a statut: the statut follows, from a request alone.
create function compte_bancaire_retrait() returns trigger language plpgsql security invoker set search_path = pg_catalog, public as $$
begin
  if old.statut <> 'propose' or new.retire_at is null then
    raise exception 'only a request is withdrawn, once' using errcode = '23514', table = 'compte_bancaire', constraint = 'compte_bancaire_retrait';
  end if;
  new.statut := 'retire';
  return new;
end $$;
revoke execute on function compte_bancaire_retrait() from public;
create trigger compte_bancaire_retrait before update of retire_at on compte_bancaire for each row execute function compte_bancaire_retrait();

grant update (retire_par, retire_at) on compte_bancaire to as_structure;
grant select (retire_at) on compte_bancaire to as_structure;
