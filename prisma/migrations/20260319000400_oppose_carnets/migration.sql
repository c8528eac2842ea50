-- Opposition to the end: a carnet replaced by another, carnets cancelled by two people; count campaigns.

------------------------------------------------------------------------------------------------------------------------
-- 1. Tables
------------------------------------------------------------------------------------------------------------------------

alter table carnet
  -- pass cancelled of it: a carnet that stands for a used one keeps as many pass as were left
  add column annules int not null default 0,
  -- the carnet it stands for, and the one that stands for it
  add column remplace_id bigint,
  add column remplacant_id bigint,
  -- the anonymous person of the carnet it stands for: the rules « by person » go on counting the same one
  add column personne_id uuid,
  add constraint carnet_annules check (annules >= 0 and utilises + annules <= taille),
  add constraint carnet_remplacant_annule check (remplacant_id is null or statut = 'annule'),
  add constraint carnet_remplace_fk foreign key (collectivite_id, remplace_id) references carnet (collectivite_id, id),
  add constraint carnet_remplacant_fk foreign key (collectivite_id, remplacant_id) references carnet (collectivite_id, id);
create unique index carnet_remplace on carnet (collectivite_id, remplace_id) where remplace_id is not null;
create unique index carnet_remplacant on carnet (collectivite_id, remplacant_id) where remplacant_id is not null;

-- A count campaign: one open at a time.
create table inventaire (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  statut text not null default 'ouvert' check (statut in ('ouvert', 'clos')),
  echeance date not null,
  ouvert_par uuid not null references utilisateur (id),
  ouvert_at timestamptz not null,
  clos_par uuid references utilisateur (id),
  clos_at timestamptz,
  primary key (collectivite_id, id),
  check (num_nulls(clos_par, clos_at) = case statut when 'ouvert' then 2 else 0 end)
);
create unique index inventaire_ouvert on inventaire (collectivite_id) where statut = 'ouvert';

-- What a point of stock counts; without a prescripteur, the reserve of the collectivité.
create table comptage (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  inventaire_id uuid not null,
  prescripteur_id uuid references organisation (id),
  statut text not null default 'a_faire' check (statut in ('a_faire', 'juste', 'ecart', 'absent')),
  -- the campaign's own, that the point may not read
  echeance date not null,
  attendus int check (attendus >= 0),
  comptes int check (comptes >= 0),
  -- ranges of serials, both ends included: expected and not found, found and not expected
  manquants_de bigint[] not null default '{}',
  manquants_a bigint[] not null default '{}',
  en_trop_de bigint[] not null default '{}',
  en_trop_a bigint[] not null default '{}',
  compte_par uuid references utilisateur (id),
  compte_at timestamptz,
  primary key (collectivite_id, id),
  unique nulls not distinct (collectivite_id, inventaire_id, prescripteur_id),
  foreign key (collectivite_id, inventaire_id) references inventaire (collectivite_id, id),
  check (cardinality(manquants_de) = cardinality(manquants_a) and cardinality(en_trop_de) = cardinality(en_trop_a)),
  check (num_nulls(attendus, comptes, compte_par, compte_at) = case when statut in ('juste', 'ecart') then 0 else 4 end)
);
create index comptage_prescripteur on comptage (prescripteur_id, id) where prescripteur_id is not null;

-- Carnets to cancel, asked by one person and decided by another.
create table annulation (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  statut text not null default 'demandee' check (statut in ('demandee', 'confirmee', 'refusee')),
  series_de bigint[] not null check (cardinality(series_de) > 0),
  series_a bigint[] not null,
  carnets int not null check (carnets > 0),
  motif text not null check (length(motif) between 1 and 300),
  -- the count that found them missing
  comptage_id uuid,
  -- face value that left the circulation, once confirmed
  montant_centimes bigint check (montant_centimes >= 0),
  demande_par uuid not null references utilisateur (id),
  demande_at timestamptz not null,
  decide_par uuid references utilisateur (id),
  decide_at timestamptz,
  primary key (collectivite_id, id),
  foreign key (collectivite_id, comptage_id) references comptage (collectivite_id, id),
  check (cardinality(series_de) = cardinality(series_a)),
  check (num_nulls(decide_par, decide_at) = case statut when 'demandee' then 2 else 0 end),
  check ((statut = 'confirmee') = (montant_centimes is not null)),
  check (decide_par is null or decide_par <> demande_par)
);

------------------------------------------------------------------------------------------------------------------------
-- 2. Policies (node tools/policies.mjs) and grants
------------------------------------------------------------------------------------------------------------------------
-- annulation
alter table annulation enable row level security; alter table annulation force row level security;
create policy migrator on annulation to migrator using (true) with check (true);
create policy as_collectivite on annulation to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
-- comptage
alter table comptage enable row level security; alter table comptage force row level security;
create policy migrator on comptage to migrator using (true) with check (true);
create policy as_collectivite on comptage to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_prescripteur on comptage to as_prescripteur using (prescripteur_id = (select app_org('prescripteur'))) with check (prescripteur_id = (select app_org('prescripteur')));
-- inventaire
alter table inventaire enable row level security; alter table inventaire force row level security;
create policy migrator on inventaire to migrator using (true) with check (true);
create policy as_collectivite on inventaire to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));

grant select, insert on annulation, comptage, inventaire to as_collectivite;
grant select on comptage to as_prescripteur;
grant update (statut, montant_centimes, decide_par, decide_at) on annulation to as_collectivite;
grant update (statut, clos_par, clos_at) on inventaire to as_collectivite;
grant update (statut, attendus, comptes, manquants_de, manquants_a, en_trop_de, en_trop_a, compte_par, compte_at) on comptage to as_collectivite, as_prescripteur;
-- replaced, and taken back from a person after the day of the hand-over
grant update (annules, remplace_id, remplacant_id, personne_id, remis_at, beneficiaire_id) on carnet to as_collectivite;
grant insert on prescription to as_collectivite;
grant update (annulee_at) on prescription to as_collectivite;

------------------------------------------------------------------------------------------------------------------------
-- 3. Money and pass: what a collectivité does through these two functions and no other way
------------------------------------------------------------------------------------------------------------------------
grant create on schema public to fn_redeem;

-- The face value of pass that will never be used leaves the circulation: circulation → a_crediter. Answers the transfer.
create function credit_pass(p_collectivite uuid, p_convention uuid, p_operateur uuid, p_centimes bigint, p_objet uuid, p_utilisateur uuid, p_at timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v bigint;
begin
  if app_org('collectivite') is distinct from p_collectivite then raise exception 'convention out of reach' using errcode = '42501'; end if;
  insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, utilisateur_id, at)
  select p_collectivite, account_of(p_collectivite, p_convention, p_operateur, 'circulation', null), account_of(p_collectivite, p_convention, p_operateur, 'a_crediter', null),
         p_centimes, 'expiration', p_convention, p_operateur, p_objet, p_utilisateur, p_at
  returning id into v;
  return v;
end $$;

-- Cancels the last p_combien unused pass of a carnet whose row the caller holds. Answers how many.
create function void_last_pass(p_collectivite uuid, p_carnet bigint, p_combien int) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare n int;
begin
  if app_org('collectivite') is distinct from p_collectivite then raise exception 'carnet out of reach' using errcode = '42501'; end if;
  with dernier as (
    select p.id from pass p
     where p.collectivite_id = p_collectivite and p.id between p_carnet * 10 and p_carnet * 10 + 9 and p.statut = 'neuf'
     order by p.id desc limit p_combien)
  update pass p set statut = 'annule' from dernier d where p.collectivite_id = p_collectivite and p.id = d.id;
  get diagnostics n = row_count;
  return n;
end $$;

grant execute on function credit_pass, void_last_pass to as_collectivite;
alter function credit_pass owner to fn_redeem;
alter function void_last_pass owner to fn_redeem;

-- One person for the rules: the named one, the anonymous one of the carnet that this one stands for, or the carnet itself. The rest
-- of the decision is left word for word as it stands.
do $do$
declare
  v_old constant text := 'coalesce(c.beneficiaire_id, c.public_id)';
  v_new constant text := 'coalesce(c.beneficiaire_id, c.personne_id, c.public_id)';
  v_text text;
begin
  v_text := pg_get_functiondef((select oid from pg_proc where proname = 'pass_decide' and pronamespace = 'public'::regnamespace));
  if position(v_new in v_text) > 0 then return; end if;
  if (length(v_text) - length(replace(v_text, v_old, ''))) / length(v_old) <> 2 then raise exception 'pass_decide no longer says who the person is in two places'; end if;
  set local role fn_redeem;
  execute replace(v_text, v_old, v_new);
  reset role;
end $do$;

revoke create on schema public from fn_redeem;
