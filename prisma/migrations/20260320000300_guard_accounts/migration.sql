-- The bank account of a structure: who asked for it, who checked it, who accepted it and when it stopped serving.

------------------------------------------------------------------------------------------------------------------------
-- 1. The life of an account
------------------------------------------------------------------------------------------------------------------------
alter table compte_bancaire
  alter column statut set default 'propose',
  -- the address told of whatever happens to this account
  add column contact text check (contact ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  add column propose_par uuid references utilisateur (id),
  add column verifie_par uuid references utilisateur (id),
  add column verifie_at timestamptz,
  -- what the bank of the payee answered: the name of the holder is the one of the account
  add column verification text check (verification in ('conforme', 'proche', 'differente', 'indisponible')),
  add column accepte_par uuid references utilisateur (id),
  add column refuse_par uuid references utilisateur (id),
  add column refuse_at timestamptz,
  add column motif_refus text check (motif_refus <> ''),
  -- no longer served: replaced, or refused by the bank
  add column fin_at timestamptz;

-- accounts replaced before this migration stopped when the next one began
update compte_bancaire c set fin_at = greatest(c.accepte_at, coalesce((select min(n.accepte_at) from compte_bancaire n
    where n.organisation_id = c.organisation_id and n.id <> c.id and n.accepte_at >= c.accepte_at), c.accepte_at))
 where c.accepte_at is not null and c.statut <> 'accepte';

alter table compte_bancaire
  add constraint compte_bancaire_vie check ((statut = 'accepte') = (accepte_at is not null and fin_at is null)),
  add constraint compte_bancaire_fin check (fin_at is null or (accepte_at is not null and fin_at >= accepte_at)),
  add constraint compte_bancaire_verifie check (num_nulls(verifie_par, verifie_at, verification) in (0, 3)),
  add constraint compte_bancaire_refus check (num_nulls(refuse_at, motif_refus) in (0, 2) and (refuse_at is null or statut = 'refuse')),
  -- three people: who asks, who checks, who accepts
  add constraint compte_bancaire_deux check (verifie_par is null or propose_par is null or verifie_par <> propose_par),
  add constraint compte_bancaire_trois check (accepte_par is null or (verifie_par is not null and accepte_par <> verifie_par and accepte_par <> propose_par)),
  -- time for whoever is told to say that it was not them
  add constraint compte_bancaire_delai check (accepte_par is null or accepte_at >= created_at + interval '72 hours'),
  -- one account at a time; the hash stands for the structure, since ranges know no uuid
  add constraint compte_bancaire_histoire exclude using gist (
    int8range(hashtextextended(organisation_id::text, 0), hashtextextended(organisation_id::text, 0), '[]') with &&, tstzrange(accepte_at, fin_at) with &&)
    where (accepte_at is not null);
-- one request at a time
create unique index compte_bancaire_propose on compte_bancaire (organisation_id) where statut = 'propose';
create index compte_bancaire_file on compte_bancaire (created_at, id) where statut = 'propose';

-- A bordereau is made on the account accepted at that instant. One replaced in between: the closing is tried again, with the new one.
create function bordereau_compte() returns trigger language plpgsql security invoker set search_path = pg_catalog, public as $$
begin
  if exists (select 1 from faits f join compte_bancaire c on c.organisation_id = f.organisation_id and c.id = f.compte_id
              where f.statut = 'arrete' and c.statut <> 'accepte') then
    raise exception 'account replaced meanwhile' using errcode = '40001';
  end if;
  return null;
end $$;
revoke execute on function bordereau_compte() from public;
create trigger bordereau_compte after insert on bordereau referencing new table as faits for each statement execute function bordereau_compte();

create index bordereau_compte_ouvert on bordereau (organisation_id, compte_id) where statut in ('ouvert', 'arrete', 'controle', 'approuve', 'transmis');

------------------------------------------------------------------------------------------------------------------------
-- 2. Who may say what
------------------------------------------------------------------------------------------------------------------------
-- a structure asks, and nothing else: the statut of a new row is its default
grant insert (organisation_id, id, iban, iban_masque, bic, titulaire, contact, propose_par, created_at) on compte_bancaire to as_structure;
grant select (contact, verifie_at, refuse_at, motif_refus, fin_at) on compte_bancaire to as_structure;
grant update (verifie_par, verifie_at, verification, accepte_par, refuse_par, refuse_at, motif_refus, fin_at) on compte_bancaire to as_operateur;

grant create on schema public to fn_ctx;
grant select (organisation_id, statut) on bordereau to fn_ctx;
create policy fn_ctx on bordereau for select to fn_ctx using (true);
grant select (organisation_id, id, iban_masque, contact, statut, accepte_at) on compte_bancaire to fn_ctx;
create policy fn_ctx on compte_bancaire for select to fn_ctx using (true);

-- Bordereaux not paid yet on the accounts of a structure, whichever operator they are of: none reads those of another.
create function bordereaux_ouverts(p_structure uuid) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(*)::int from bordereau b where b.organisation_id = p_structure and b.statut in ('ouvert', 'arrete', 'controle', 'approuve', 'transmis')
     and (app_org('structure') = p_structure or app_org('operateur') is not null)
$$;
revoke execute on function bordereaux_ouverts(uuid) from public;
grant execute on function bordereaux_ouverts(uuid) to as_structure, as_operateur;
alter function bordereaux_ouverts(uuid) owner to fn_ctx;

-- Writes to the addresses of an account and of the one before it, which the people of the structure may not read. How many were told.
create function compte_bancaire_tell(p_structure uuid, p_compte uuid, p_etape text, p_jour date) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  c record;
  v_ancien text;
  v_ancien_contact text;
  v_adresse text;
  n int := 0;
begin
  if app_org('structure') is distinct from p_structure and app_org('operateur') is null then
    raise exception 'another structure' using errcode = '42501';
  end if;
  select iban_masque, contact into c from compte_bancaire where organisation_id = p_structure and id = p_compte;
  select iban_masque, contact into v_ancien, v_ancien_contact from compte_bancaire
   where organisation_id = p_structure and id <> p_compte and accepte_at is not null order by accepte_at desc limit 1;
  for v_adresse in select distinct lower(a) from unnest(array[c.contact, v_ancien_contact]) a where a is not null order by 1 loop
    perform queue_courriel('compte_bancaire', v_adresse, null, p_structure,
      jsonb_build_object('etape', p_etape, 'ibanMasque', c.iban_masque, 'ancienMasque', v_ancien, 'jour', p_jour));
    n := n + 1;
  end loop;
  return n;
end $$;
revoke execute on function compte_bancaire_tell(uuid, uuid, text, date) from public;
grant execute on function compte_bancaire_tell(uuid, uuid, text, date) to as_structure, as_operateur;
alter function compte_bancaire_tell(uuid, uuid, text, date) owner to fn_ctx;

-- An account is not replaced while a bordereau still has to be paid on it; the bank may refuse it at any time.
create function compte_bancaire_gele() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from bordereau b where b.organisation_id = new.organisation_id and b.statut in ('ouvert', 'arrete', 'controle', 'approuve', 'transmis')) then
    raise exception 'a bordereau is open on this account' using errcode = '23514', constraint = 'compte_bancaire_gele';
  end if;
  return null;
end $$;
revoke execute on function compte_bancaire_gele() from public;
create trigger compte_bancaire_gele after update of statut on compte_bancaire
  for each row when (old.statut = 'accepte' and new.statut = 'remplace') execute function compte_bancaire_gele();
alter function compte_bancaire_gele() owner to fn_ctx;
revoke create on schema public from fn_ctx;
